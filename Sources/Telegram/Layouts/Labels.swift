/// The labels of the SMART layout (format 5.6).
enum HeadingLabel: UInt8 {
    case reference, time, from, action, information, order, declassify, tags, captions, references, passLine, subject
    case other

    fileprivate static let names: [(StaticString, HeadingLabel)] = [
        ("MRN", .reference), ("DATE/DTG", .time), ("FROM", .from), ("ACTION", .action), ("INFO", .information),
        ("E.O.", .order), ("DECLASSIFY", .declassify), ("TAGS", .tags), ("CAPTIONS", .captions),
        ("REFERENCE", .references), ("REFERENCES", .references), ("REF", .references), ("PASS LINE", .passLine),
        ("SUBJECT", .subject),
    ]
}

extension Span where Element == UInt8 {
    /// `Word: value` at the margin.
    func headingLabel(_ line: OctetRange) -> (label: HeadingLabel, value: OctetRange)? {
        guard Self.isLetter(self.byte(line.start)),
            let colon = self.firstIndex(of: 0x3A, in: OctetRange(line.start, Swift.min(line.end, line.start + 24)))
        else { return nil }
        let name = OctetRange(line.start, colon)
        let value = self.trimmed(OctetRange(colon + 1, line.end))
        for (word, label) in HeadingLabel.names where self.equalsIgnoringCase(name, word) { return (label, value) }
        guard self.all(name, { Self.isLetter($0) || $0 == 0x20 || $0 == 0x2F || $0 == 0x2E }) else { return nil }
        return (.other, value)
    }

    /// `Drafted By:`, `Signature:` and the like behind the text: the role, or nil for those that are none.
    func staffLabel(_ line: OctetRange) -> (role: StaffEntry.Role?, isSignature: Bool, value: OctetRange)? {
        guard let colon = self.firstIndex(of: 0x3A, in: OctetRange(line.start, Swift.min(line.end, line.start + 24)))
        else { return nil }
        let name = OctetRange(line.start, colon)
        let value = self.trimmed(OctetRange(colon + 1, line.end))
        let roles: [(StaticString, StaffEntry.Role)] = [
            ("DRAFTED BY", .drafted), ("CLEARED BY", .cleared), ("APPROVED BY", .approved), ("RELEASED BY", .released),
        ]
        for (word, role) in roles where self.equalsIgnoringCase(name, word) { return (role, false, value) }
        if self.equalsIgnoringCase(name, "SIGNATURE") { return (nil, true, value) }
        return self.equalsIgnoringCase(name, "DISSEMINATION RULE") ? (nil, false, value) : nil
    }
}

extension Parser {
    /// The heading of labels and what stands behind the text; leaves the cursor on the text and the bound behind it.
    mutating func readLabels(_ octets: Octets) {
        self.telegram.heading = .full
        self.seen.labels = true
        self.readLabelledHeading(octets)
        self.addressLines = self.addressLines.lowerBound..<self.cursor
        self.readLabelledEnding(octets)
    }

    private mutating func readLabelledHeading(_ octets: Octets) {
        var label = HeadingLabel.other
        var references = ReferenceState()
        var isLabelled = false
        while self.cursor < self.bound {
            let line = self.content(octets, self.cursor)
            if line.isEmpty {
                self.cursor += 1
                if isLabelled, !self.labelFollows(octets) { return }
                continue
            }
            if !isLabelled, self.readBanner(octets, line) {
                self.cursor += 1
                continue
            }
            // A line that is set in goes on with the value; one at the margin has a label of its own.
            let isContinued = isLabelled && line.start > self.lineStart(self.cursor)
            if !isContinued {
                guard let found = octets.headingLabel(line) else { return }
                label = found.label
                self.readLabel(octets, label, found.value, line, &references)
            } else {
                self.readLabel(octets, label, line, line, &references)
            }
            isLabelled = true
            self.claim(line)
            self.cursor += 1
        }
    }

    /// Where the physical line begins: `lines` keeps the blanks in front.
    private func lineStart(_ line: Int) -> Int { self.lines[line].range.start }

    private func labelFollows(_ octets: Octets) -> Bool {
        let next = self.nextContent(octets, from: self.cursor, before: self.bound)
        guard let found = octets.headingLabel(self.content(octets, next)) else { return false }
        return found.label != .other
    }

    /// The level and its controls, alone on lines above the labels and behind the text.
    private mutating func readBanner(_ octets: Octets, _ line: OctetRange) -> Bool {
        if let head = octets.levelWord(line), let level = head.level, head.controls.isEmpty {
            self.seen.banner = true
            if self.telegram.classification == nil {
                self.telegram.classification = ClassificationLine(
                    line: self.makeText(line), level: level, controls: [], post: .none, serial: nil, serialRange: nil,
                    section: nil, sectionCount: nil, range: line)
            }
        } else if let controls = octets.captionControls(line) {
            self.telegram.controls.formUnion(controls)
            self.telegram.classification?.controls.formUnion(controls)
        } else {
            return false
        }
        self.claim(line)
        return true
    }

    private mutating func readLabel(
        _ octets: Octets, _ label: HeadingLabel, _ value: OctetRange, _ line: OctetRange,
        _ references: inout ReferenceState
    ) {
        guard !value.isEmpty else { return }
        switch label {
        case .reference: self.readPrintedReference(octets, value)
        case .time: self.readPrintedTime(octets, value)
        case .from:
            var party = Party(originator: value)
            self.nameParty(octets, value, &party, isOriginator: true)
            self.reverse(octets, &party)
            self.telegram.originator = party
            self.seen.originator = true
            self.addressLines = self.cursor..<self.cursor + 1
        case .action: self.readLabelledParties(octets, value, .action)
        case .information: self.readLabelledParties(octets, value, .information)
        case .order:
            self.readExecutiveOrder(
                octets,
                TextPart(
                    range: line, content: value, line: Int32(truncatingIfNeeded: self.cursor), label: .executiveOrder))
        case .declassify:
            self.telegram.executiveOrder?.value = value
            self.readOrderValue(octets)
        case .tags: self.readTagTokens(octets, value)
        case .captions: self.readLabelledCaptions(octets, value)
        case .references: self.readReferenceLine(octets, value, &references)
        case .passLine: _ = self.readAttention(octets, value)
        case .subject:
            if self.telegram.subject.isEmpty {
                self.telegram.subject = self.makeText(value)
            } else if self.telegram.subject.indices.upperBound == self.telegram.pieces.count {
                self.telegram.pieces.append(Piece(value))
                self.telegram.subject.count += 1
            }
        case .other: break
        }
    }

    /// `12 LUSAKA 417`
    private mutating func readPrintedReference(_ octets: Octets, _ value: OctetRange) {
        guard let cable = octets.cable(value, inherited: nil), let post = cable.post, let year = cable.year else {
            return
        }
        self.makeReference(
            octets, year: year < 100 ? (year >= 45 ? 1900 : 2000) + year : year, post: post, serial: cable.serial)
    }

    /// `May 08, 2012 / 081432Z MAY 12`
    private mutating func readPrintedTime(_ octets: Octets, _ value: OctetRange) {
        let slash = octets.firstIndex(of: 0x2F, in: value).map { $0 + 1 } ?? value.start
        guard let time = octets.timeGroup(at: octets.skipBlanks(slash, before: value.end), before: value.end) else {
            self.telegram.findings.append(Finding(.malformedLine, range: value))
            return
        }
        self.telegram.dateTimeGroup = self.dated(octets, time.group, year: time.year)
        self.seen.precedence = true
    }

    private mutating func readLabelledParties(_ octets: Octets, _ value: OctetRange, _ role: Party.Role) {
        self.seen.addressees = true
        var position = value.start
        while position < value.end {
            let end = octets.firstIndex(of: 0x3B, in: OctetRange(position, value.end)) ?? value.end
            let name = octets.trimmed(OctetRange(position, end))
            position = end + 1
            guard !name.isEmpty else { continue }
            var party = Party(addressee: name, role: role)
            self.nameParty(octets, name, &party, isOriginator: false)
            self.reverse(octets, &party)
            self.telegram.addressees.append(party)
        }
    }

    /// `LUSAKA, AMEMBASSY`: the post first, as some systems print it.
    private mutating func reverse(_ octets: Octets, _ party: inout Party) {
        guard party.name.count == 1, let name = self.telegram.pieces.last?.range,
            let comma = octets.firstIndex(of: 0x2C, in: name)
        else { return }
        let front = octets.trimmed(OctetRange(name.start, comma))
        let back = octets.trimmed(OctetRange(comma + 1, name.end))
        guard !front.isEmpty, !back.isEmpty, octets.firstIndex(of: 0x2C, in: back) == nil else { return }
        self.telegram.pieces[self.telegram.pieces.count - 1] = Piece(back)
        self.telegram.pieces.append(Piece(front))
        party.name.count = 2
    }

    private mutating func readLabelledCaptions(_ octets: Octets, _ value: OctetRange) {
        var position = value.start
        while position < value.end {
            let end = octets.firstIndex(of: 0x2C, in: OctetRange(position, value.end)) ?? value.end
            let caption = octets.trimmed(OctetRange(position, end))
            if !caption.isEmpty { self.addCaption(octets, caption) }
            position = end + 1
        }
    }

    /// From the end: banners, staff and signature.
    private mutating func readLabelledEnding(_ octets: Octets) {
        var first = self.bound
        var index = self.bound
        while index > self.cursor {
            let line = self.content(octets, index - 1)
            if line.isEmpty {
                index -= 1
                continue
            }
            let isSetIn = line.start > self.lineStart(index - 1)
            guard
                octets.staffLabel(line) != nil || octets.isBanner(line) || octets.captionControls(line) != nil
                    || isSetIn
            else { break }
            // What is set in belongs to the label above it, if there is one.
            if !isSetIn { first = index - 1 }
            index -= 1
        }
        var role: StaffEntry.Role?
        for index in first..<self.bound {
            let line = self.content(octets, index)
            guard !line.isEmpty else { continue }
            if let found = octets.staffLabel(line) {
                role = found.role
                if found.isSignature, !found.value.isEmpty {
                    self.telegram.signature = self.makeText(found.value)
                    self.telegram.signatureConfidence = 1
                } else if let role {
                    self.appendStaff(octets, role, found.value, line)
                }
            } else if self.readBanner(octets, line) {
                continue
            } else if let role {
                self.appendStaff(octets, role, line, line)
            }
            self.claim(line)
        }
        self.bound = first
    }
}
