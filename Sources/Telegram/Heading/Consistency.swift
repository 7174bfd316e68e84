extension Parser {
    /// Format 1.17, and the marks of format 4.1 that a heading carries.
    mutating func checkConsistency(_ octets: Octets) {
        self.checkPrecedence()
        self.checkFiling()
        self.checkRoutingHeader(octets)
        self.checkGroupCount(octets)
        self.checkReaddressal()
        if self.telegram.layout != .unknown, self.telegram.layoutConfidence < 0.7 {
            self.telegram.findings.append(Finding(.layoutDoubt, confidence: self.telegram.layoutConfidence))
        }
        if let printed = self.telegram.ending.validation, let serial = self.telegram.stationSerial {
            let digits = octets.digits(at: serial.start, before: serial.end)
            if !octets.equals(printed, digits) {
                self.telegram.findings.append(Finding(.validationMismatch, range: printed))
            }
        }
        for signal in self.telegram.operatingSignals where signal.place != .service {
            if octets.equals(signal.signal, "ZFD") {
                self.telegram.findings.append(Finding(.suspectedDuplicate, range: signal.signal))
            } else if octets.equals(signal.signal, "ZEL") || octets.equals(signal.signal, "ZDS") {
                self.telegram.findings.append(Finding(.correctedCopy, range: signal.signal))
            }
        }
    }

    /// FL10 counts the groups of the text (format 1.10).
    private mutating func checkGroupCount(_ octets: Octets) {
        guard let printed = self.telegram.groupCount, let count = octets.number(in: printed), self.seen.firstSeparation,
            self.seen.lastSeparation
        else { return }
        var groups = 0
        for index in self.textLines {
            var rest = self.content(octets, index)
            while octets.nextWord(&rest) != nil { groups += 1 }
        }
        if groups != count { self.telegram.findings.append(Finding(.groupCountMismatch, range: printed)) }
    }

    /// What passes a telegram on is dated behind it (format 4.5).
    private mutating func checkReaddressal() {
        guard let outer = self.telegram.readdressals.first?.dateTimeGroup, let later = outer.instant,
            let inner = self.telegram.dateTimeGroup?.instant, later < inner
        else { return }
        self.telegram.findings.append(Finding(.timesOutOfOrder, range: outer.range))
    }

    private mutating func checkPrecedence() {
        // FL2 belongs to this transmission: behind a readdressal it speaks of the outer FL5.
        let outer = self.telegram.readdressals.first
        let action = outer.map { $0.precedence } ?? self.telegram.actionPrecedence
        let information = outer == nil ? self.telegram.informationPrecedence : nil
        if let routing = self.telegram.routingPrecedence, let action, routing != action, routing != information {
            self.telegram.findings.append(Finding(.precedenceMismatch))
        }
        if let action = self.telegram.actionPrecedence, let information = self.telegram.informationPrecedence,
            information > action
        {
            self.telegram.findings.append(Finding(.precedenceOrder))
        }
    }

    /// Format 1.3: normal is from an hour before the date-time group to two days after it.
    private mutating func checkFiling() {
        guard let filed = self.telegram.filed,
            let group = (self.telegram.readdressals.first?.dateTimeGroup ?? self.telegram.dateTimeGroup)?.instant
        else { return }
        guard let instant = filed.instant else {
            self.telegram.findings.append(Finding(.filingDateMismatch, range: filed.range))
            return
        }
        let apart = instant.seconds - group.seconds
        if abs(apart) > 30 * 86_400 {
            self.telegram.findings.append(Finding(.filingDateMismatch, range: filed.range))
        } else if apart < -3600 || apart > 48 * 3600 {
            self.telegram.findings.append(Finding(.filingTimeUnusual, range: filed.range))
        }
    }

    /// Elements that a complete transmission has and this one has not (format 1.0).
    mutating func reportMissing(_ octets: Octets) {
        if self.telegram.kind == .telegram, self.telegram.layout.hasFormatLines {
            if !self.seen.precedence { self.reportMissing("FL5") }
            if !self.seen.originator { self.reportMissing("FM") }
            if !self.seen.addressees { self.reportMissing("TO") }
            if !self.seen.firstSeparation || !self.seen.lastSeparation { self.reportMissing("BT") }
        }
        if self.seen.markedSerial, self.telegram.ending.validation == nil, let serial = self.telegram.stationSerial {
            let first = self.telegram.made.count
            self.telegram.made.append(0x23)
            for index in serial.start..<serial.end { self.telegram.made.append(octets.byte(index)) }
            self.reportMissing(first)
        }
        if self.telegram.layout == .archive { self.reportMergedSections() }
        if !self.telegram.ending.seen, self.telegram.layout != .smart, self.telegram.layout != .general {
            self.reportMissing("NNNN")
            if self.telegram.layout == .acp127, self.telegram.heading == .full {
                self.telegram.findings.append(Finding(.endOfMessageMissing))
            }
        }
    }

    /// The headings of the sections that an archive joined to the first (format 5.7): `SECTION 02 OF 05`.
    private mutating func reportMergedSections() {
        let received = self.telegram.sectionsReceived
        guard received.upperBound > received.lowerBound, received.upperBound < 1000 else { return }
        for section in received.lowerBound + 1...received.upperBound {
            let first = self.telegram.made.count
            for (word, number) in [("SECTION ", section), (" OF ", self.telegram.sectionsExpected)] {
                self.telegram.made.append(contentsOf: word.utf8)
                if number < 10 { self.telegram.made.append(UInt8(ascii: "0")) }
                self.appendNumber(Int(number))
            }
            self.reportMissing(first)
        }
    }

    private mutating func reportMissing(_ name: StaticString) {
        let first = self.telegram.made.count
        self.telegram.made.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        self.reportMissing(first)
    }

    private mutating func reportMissing(_ first: Int) {
        self.telegram.missing.append(OctetRange(first, self.telegram.made.count))
        self.telegram.findings.append(Finding(.missingElement))
    }
}

extension Layout {
    /// FL5-FL13 are all there, each on its lines (format 1.0).
    fileprivate var hasFormatLines: Bool {
        switch self {
        case .acp127, .archive, .acp126, .janap128, .doi103: true
        case .pages1973, .smart, .general, .textOnly, .unknown: false
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether the octets of `part` stand somewhere in `whole`.
    func occurs(_ part: OctetRange, in whole: OctetRange) -> Bool {
        guard !part.isEmpty, part.count <= whole.count, part.count <= 200, whole.count <= 400 else { return false }
        for start in whole.start...whole.end - part.count
        where self.equals(OctetRange(start, start + part.count), part) { return true }
        return false
    }
}
