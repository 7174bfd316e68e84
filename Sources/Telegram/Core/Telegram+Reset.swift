extension Telegram {
    /// As new, with the room that its arrays have.
    mutating func reset() {
        self.range = OctetRange(0, 0)
        self.kind = .telegram
        self.layout = .unknown
        self.layoutConfidence = 0
        self.heading = .none
        Self.empty(&self.pilots)
        Self.empty(&self.identifiers)
        self.routingPrecedence = nil
        Self.empty(&self.stations)
        self.called = .none
        self.originatingStation = nil
        self.stationSerial = nil
        self.transmissionSection = nil
        self.filed = nil
        self.security = nil
        Self.empty(&self.operatingSignals)
        self.resetLayouts()
        self.resetMessage()
        self.resetText()
        Self.empty(&self.corrections)
        self.correctedText = .none
        self.ending = Ending(validation: nil, seen: false, cancelled: false)
        self.sectionsExpected = 1
        self.sectionsReceived = 1...1
        self.textRange = OctetRange(0, 0)
        self.bodyRange = OctetRange(0, 0)
        Self.empty(&self.findings)
        Self.empty(&self.missing)
        Self.empty(&self.pieces)
        Self.empty(&self.made)
        self.contentHash = (0, 0)
        self.hashedAddress = OctetRange(0, 0)
        self.hashedText = OctetRange(0, 0)
        self.octetCount = 0
        self.explainedCount = 0
        Self.empty(&self.unexplained)
        self.complete = false
    }

    private mutating func resetMessage() {
        self.actionPrecedence = nil
        self.informationPrecedence = nil
        self.dateTimeGroup = nil
        self.messageIdentifier = nil
        self.originator = nil
        Self.empty(&self.addressees)
        Self.empty(&self.exempted)
        Self.empty(&self.readdressals)
        Self.empty(&self.readdressed)
        self.groupCount = nil
        self.accounting = nil
    }

    private mutating func resetLayouts() {
        self.routingHeader = nil
        self.compartmentLine = nil
        self.distribution = nil
        Self.empty(&self.copies)
        self.relayCounter = nil
        self.title = nil
        self.subjectCode = nil
        Self.empty(&self.sets)
        Self.empty(&self.setFields)
        Self.empty(&self.staff)
        Self.empty(&self.releaseStamps)
        Self.empty(&self.attributes)
    }

    private mutating func resetText() {
        self.classification = nil
        self.messageReference = nil
        Self.empty(&self.captions)
        self.controls = []
        self.correctedCopy = nil
        Self.empty(&self.attentions)
        Self.empty(&self.offices)
        self.executiveOrder = nil
        Self.empty(&self.exemptions)
        Self.empty(&self.tags)
        self.subject = .none
        self.subjectMark = nil
        Self.empty(&self.references)
        Self.empty(&self.alternatives)
        Self.empty(&self.classifiers)
        Self.empty(&self.reasons)
        Self.empty(&self.paragraphs)
        Self.empty(&self.blocks)
        Self.empty(&self.pageLines)
        Self.empty(&self.centreNotes)
        self.signature = .none
        self.signatureConfidence = 0
        self.body = .none
    }

    /// Most tables are empty most of the time.
    @inline(__always)
    private static func empty<Element>(_ table: inout [Element]) {
        if !table.isEmpty { table.removeAll(keepingCapacity: true) }
    }
}
