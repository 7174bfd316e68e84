extension Telegram {
    /// As new, with the room that its arrays have.
    mutating func reset() {
        self.range = OctetRange(0, 0)
        self.kind = .telegram
        self.layout = .unknown
        self.heading = .none
        self.pilots.removeAll(keepingCapacity: true)
        self.identifiers.removeAll(keepingCapacity: true)
        self.routingPrecedence = nil
        self.stations.removeAll(keepingCapacity: true)
        self.called = .none
        self.originatingStation = nil
        self.stationSerial = nil
        self.transmissionSection = nil
        self.filed = nil
        self.security = nil
        self.operatingSignals.removeAll(keepingCapacity: true)
        self.resetMessage()
        self.resetText()
        self.corrections.removeAll(keepingCapacity: true)
        self.correctedText = .none
        self.ending = Ending(validation: nil, seen: false, cancelled: false)
        self.sectionsExpected = 1
        self.sectionsReceived = 1...1
        self.findings.removeAll(keepingCapacity: true)
        self.missing.removeAll(keepingCapacity: true)
        self.pieces.removeAll(keepingCapacity: true)
        self.made.removeAll(keepingCapacity: true)
        self.contentHash = (0, 0)
        self.octetCount = 0
        self.explainedCount = 0
        self.unexplained.removeAll(keepingCapacity: true)
        self.complete = false
    }

    private mutating func resetMessage() {
        self.actionPrecedence = nil
        self.informationPrecedence = nil
        self.dateTimeGroup = nil
        self.originator = nil
        self.addressees.removeAll(keepingCapacity: true)
        self.exempted.removeAll(keepingCapacity: true)
        self.readdressals.removeAll(keepingCapacity: true)
        self.readdressed.removeAll(keepingCapacity: true)
        self.groupCount = nil
        self.accounting = nil
    }

    private mutating func resetText() {
        self.classification = nil
        self.messageReference = nil
        self.captions.removeAll(keepingCapacity: true)
        self.controls = []
        self.correctedCopy = nil
        self.attentions.removeAll(keepingCapacity: true)
        self.offices.removeAll(keepingCapacity: true)
        self.executiveOrder = nil
        self.exemptions.removeAll(keepingCapacity: true)
        self.tags.removeAll(keepingCapacity: true)
        self.subject = .none
        self.subjectMark = nil
        self.references.removeAll(keepingCapacity: true)
        self.classifiers.removeAll(keepingCapacity: true)
        self.reasons.removeAll(keepingCapacity: true)
        self.paragraphs.removeAll(keepingCapacity: true)
        self.blocks.removeAll(keepingCapacity: true)
        self.pageLines.removeAll(keepingCapacity: true)
        self.centreNotes.removeAll(keepingCapacity: true)
        self.signature = .none
        self.signatureConfidence = 0
        self.body = .none
    }
}
