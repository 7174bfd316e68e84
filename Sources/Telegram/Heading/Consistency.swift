extension Parser {
    /// Format 1.17, and the marks of format 4.1 that a heading carries.
    mutating func checkConsistency(_ octets: Octets) {
        self.checkPrecedence()
        self.checkFiling()
        if let printed = self.telegram.ending.validation, let serial = self.telegram.stationSerial {
            let digits = octets.digits(at: serial.start, before: serial.end)
            if !octets.equals(printed, digits) {
                self.telegram.findings.append(Finding(.validationMismatch, range: printed))
            }
        }
        self.checkClassificationLine(octets)
        for signal in self.telegram.operatingSignals where signal.place != .service {
            if octets.equals(signal.signal, "ZFD") {
                self.telegram.findings.append(Finding(.suspectedDuplicate, range: signal.signal))
            } else if octets.equals(signal.signal, "ZEL") || octets.equals(signal.signal, "ZDS") {
                self.telegram.findings.append(Finding(.correctedCopy, range: signal.signal))
            }
        }
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

    /// Serial and post of FL12 against FL3 and FL6; notes only.
    private mutating func checkClassificationLine(_ octets: Octets) {
        guard let classification = self.telegram.classification else { return }
        if self.telegram.readdressals.isEmpty, let serial = classification.serial,
            let printed = self.telegram.stationSerial,
            let number = octets.number(in: octets.digits(at: printed.start, before: printed.end)),
            Int(serial) % 10_000 != number
        {
            self.telegram.findings.append(Finding(.serialMismatch, range: classification.serialRange))
        }
        guard let originator = self.telegram.originator, !originator.name.isEmpty, !classification.post.isEmpty else {
            return
        }
        for index in classification.post.indices where index < self.telegram.pieces.count {
            let piece = self.telegram.pieces[index]
            guard piece.origin == .record else { return }
            let isDepartment = octets.equals(piece.range, "STATE")
            let isNamed = originator.name.indices.contains {
                let name = self.telegram.pieces[$0].range
                return octets.occurs(piece.range, in: name)
                    || (isDepartment && octets.starts(with: "SECSTATE", at: name.start))
            }
            if !isNamed {
                self.telegram.findings.append(Finding(.postMismatch, range: piece.range))
                return
            }
        }
    }

    /// Elements that a complete transmission has and this one has not (format 1.0).
    mutating func reportMissing(_ octets: Octets) {
        if self.telegram.kind == .telegram, self.telegram.layout == .acp127 || self.telegram.layout == .archive {
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
        if !self.telegram.ending.seen {
            self.reportMissing("NNNN")
            if self.telegram.layout == .acp127, self.telegram.heading == .full {
                self.telegram.findings.append(Finding(.endOfMessageMissing))
            }
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

extension Span where Element == UInt8 {
    /// Whether the octets of `part` stand somewhere in `whole`.
    func occurs(_ part: OctetRange, in whole: OctetRange) -> Bool {
        guard !part.isEmpty, part.count <= whole.count, part.count <= 200, whole.count <= 400 else { return false }
        for start in whole.start...whole.end - part.count
        where self.equals(OctetRange(start, start + part.count), part) { return true }
        return false
    }
}
