extension Parser {
    /// Findings of format 7.3, and the checks of 2.2, 2.5 and 7.5.
    mutating func checkMarkings(_ octets: Octets) {
        guard self.telegram.kind != .service else { return }
        guard let line = self.telegram.classification else {
            if self.telegram.layout == .doi103 { return self.classifyHighest() }
            if !self.telegram.paragraphs.isEmpty { self.telegram.findings.append(Finding(.classificationMissing)) }
            return
        }
        let level = line.level
        var highest = Level.unclassified
        var marked = 0
        var unmarked = 0
        var sbu: (OctetRange, Int32?)?
        var noforn: (OctetRange, Int32?)?
        for index in -1..<self.telegram.paragraphs.count {
            let mark = index < 0 ? self.telegram.subjectMark : self.telegram.paragraphs[index].mark
            let paragraph = index < 0 ? nil : Int32(truncatingIfNeeded: index)
            guard let mark else {
                if index >= 0 { unmarked += 1 }
                continue
            }
            marked += 1
            if let portion = mark.level {
                highest = max(highest, portion)
                if portion > level {
                    self.telegram.findings.append(
                        Finding(.portionAboveClassification, range: mark.text, paragraph: paragraph))
                }
            }
            if mark.controls.contains(.sbu), sbu == nil { sbu = (mark.text, paragraph) }
            if mark.controls.contains(.noforn), noforn == nil { noforn = (mark.text, paragraph) }
        }
        highest = max(highest, self.checkHeadingMarks(above: level))
        if let warning = self.telegram.security?.level {
            if warning < level {
                self.telegram.findings.append(Finding(.warningBelowClassification, range: line.range))
            } else if warning > level {
                self.telegram.findings.append(Finding(.warningAboveClassification, range: line.range))
            }
        }
        if marked > 0, unmarked == 0, level > highest, line.section == nil || self.isJoinedWhole {
            self.telegram.findings.append(Finding(.overmarked, range: line.range))
        }
        self.checkDeclassification(line)
        let controls = self.telegram.controls
        if level == .unclassified, let sbu, controls.isDisjoint(with: [.sensitive, .sbu, .efto]) {
            self.telegram.findings.append(Finding(.sbuCaptionMissing, range: sbu.0, paragraph: sbu.1))
        }
        if let noforn, !controls.contains(.noforn) {
            self.telegram.findings.append(Finding(.nofornMissing, range: noforn.0, paragraph: noforn.1))
        }
        if controls.contains(.noforn) || noforn != nil { self.checkRelease(octets) }
        self.checkReference(octets, line)
    }

    /// The special security system's messages are never downgraded: without a class they are of the highest (format 5.4).
    private mutating func classifyHighest() {
        let start = self.textLines.isEmpty ? self.telegram.range.end : self.lines[self.textLines.lowerBound].range.start
        let place = OctetRange(start, start)
        self.telegram.classification = ClassificationLine(
            line: .none, level: .topSecret, controls: [], post: .none, serial: nil, serialRange: nil, section: nil,
            sectionCount: nil, range: place)
        self.telegram.findings.append(Finding(.classificationUnreadable, range: place))
    }

    /// `(C) POLITICAL SITUATION`: a heading may carry a mark of its own.
    private mutating func checkHeadingMarks(above level: Level) -> Level {
        var highest = Level.unclassified
        for index in self.telegram.paragraphs.indices {
            guard let mark = self.telegram.paragraphs[index].headingMark, let portion = mark.level else { continue }
            highest = max(highest, portion)
            if portion > level {
                self.telegram.findings.append(
                    Finding(
                        .portionAboveClassification, range: mark.text, paragraph: Int32(truncatingIfNeeded: index)))
            }
        }
        return highest
    }

    private mutating func checkDeclassification(_ line: ClassificationLine) {
        let order = self.telegram.executiveOrder
        let declassified = order.map { !$0.notApplicable && !$0.value.isEmpty } ?? false
        let classifier = !self.telegram.classifiers.isEmpty
        if line.level >= .confidential, !declassified, !classifier, (line.section ?? 1) == 1 {
            self.telegram.findings.append(Finding(.markingIncomplete, range: order?.range ?? line.range))
        } else if line.level == .unclassified, declassified || classifier {
            let range = declassified ? order?.range : self.telegram.classifiers.first?.range
            self.telegram.findings.append(Finding(.declassificationOnUnclassified, range: range))
        }
        guard let order, let moment = self.telegram.dateTimeGroup?.instant else { return }
        // An exemption may keep a telegram longer than the 25 years.
        let isLong = order.declassifyOn.map { $0.seconds - moment.seconds > 26 * 366 * 86_400 } ?? false
        if let until = order.declassifyOn, until < moment || (isLong && order.exemptions.isEmpty) {
            self.telegram.findings.append(Finding(.declassificationDoubt, range: order.range))
        } else if !self.isInForce(order.order) {
            self.telegram.findings.append(Finding(.declassificationDoubt, range: order.range))
        }
    }

    /// NOFORN beside a station of another nation: the second letter names the nation (format 1.2.2).
    private mutating func checkRelease(_ octets: Octets) {
        var conflict: OctetRange?
        if let code = self.telegram.security?.releaseCode { conflict = code }
        for station in self.telegram.stations where octets.byte(station.start) == UInt8(ascii: "R") {
            switch octets.byte(station.start + 1) {
            case UInt8(ascii: "U"), UInt8(ascii: "H"), UInt8(ascii: "J"): break
            default: conflict = conflict ?? station
            }
        }
        for party in self.telegram.addressees {
            guard let station = party.routingIndicator, octets.byte(station.start) == UInt8(ascii: "R") else {
                continue
            }
            switch octets.byte(station.start + 1) {
            case UInt8(ascii: "U"), UInt8(ascii: "H"), UInt8(ascii: "J"): break
            default: conflict = conflict ?? station
            }
        }
        if let conflict { self.telegram.findings.append(Finding(.releaseConflict, range: conflict)) }
    }

    private mutating func checkReference(_ octets: Octets, _ line: ClassificationLine) {
        if !self.telegram.tags.isEmpty, !self.telegram.tags.contains(where: { $0.kind == .subject }) {
            self.telegram.findings.append(
                Finding(.noSubjectTag, range: self.telegram.tags.first { $0.origin == .record }?.code))
        }
        guard let serial = line.serial else { return }
        if let printed = self.telegram.stationSerial, self.telegram.readdressals.isEmpty,
            self.telegram.layout != .pages1973
        {
            let digits = octets.digits(at: printed.start, before: printed.end)
            if digits.count == 4, digits.end == printed.end, let number = octets.number(in: digits),
                number != Int(serial) % 10000
            {
                self.telegram.findings.append(Finding(.serialMismatch, range: line.serialRange))
            }
        }
        if let group = self.telegram.dateTimeGroup, let month = group.month {
            if (month == 12 && group.day == 31 && serial < 20) || (month == 1 && group.day == 1 && serial > 500) {
                self.telegram.findings.append(Finding(.messageReferenceYearDoubt, range: line.serialRange))
            }
        }
        self.checkPost(octets, line)
    }

    private mutating func checkPost(_ octets: Octets, _ line: ClassificationLine) {
        guard let reference = self.telegram.messageReference, let name = self.originatorPost(octets),
            let piece = line.post.isEmpty ? nil : Optional(self.telegram.pieces[Int(line.post.first)])
        else { return }
        let keep = self.telegram.made.count
        let post = self.appendCanonicalPost(octets, name)
        var same = post.count == reference.post.count
        if same {
            for offset in 0..<post.count
            where self.telegram.made[post.start + offset] != self.telegram.made[reference.post.start + offset] {
                same = false
            }
        }
        self.telegram.made.removeLast(self.telegram.made.count - keep)
        if !same {
            self.telegram.findings.append(
                Finding(.postMismatch, range: piece.origin == .record ? piece.range : line.range))
        }
    }
}
