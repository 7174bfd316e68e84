internal import Directory
internal import Telegram

/// FL5-FL9: the message and whom it is from and to (format 1.5-1.9).
extension TelegramEncoder {
    mutating func heading(_ telegram: borrowing Telegram) {
        if let action = telegram.actionPrecedence {
            self.open("precedence", UInt8(ascii: "{"))
            self.word("action", action.name)
            self.word("information", (telegram.informationPrecedence ?? action).name)
            self.writer.close(UInt8(ascii: "}"))
        }
        self.dateTimeGroup(telegram.dateTimeGroup)
        self.octets("messageIdentifier", telegram.messageIdentifier)
        if let originator = telegram.originator {
            self.open("from", UInt8(ascii: "{"))
            self.enter("from")
            self.party(originator, nil, of: telegram)
            self.leave()
            self.writer.close(UInt8(ascii: "}"))
        }
        let addressees = telegram.addressees.indices
        let lowest = telegram.lowestPrecedence
        self.parties("to", .action, telegram.addressees, addressees, lowest, of: telegram)
        self.parties("info", .information, telegram.addressees, addressees, lowest, of: telegram)
        self.readdressal(telegram)
        self.octets("accounting", telegram.accounting)
        self.octets("groupCount", telegram.groupCount)
    }

    private mutating func dateTimeGroup(_ group: DateTimeGroup?) {
        guard let group else { return }
        self.open("dateTimeGroup", UInt8(ascii: "{"))
        self.enter("dateTimeGroup")
        self.octets("text", group.range)
        self.leave()
        self.instant("instant", group.instant)
        self.writer.close(UInt8(ascii: "}"))
    }

    private mutating func parties(
        _ name: StaticString, _ role: Party.Role, _ parties: borrowing [Party], _ range: Range<Int>,
        _ precedence: Precedence?, of telegram: borrowing Telegram
    ) {
        var count = 0
        for index in range.clamped(to: 0..<parties.count) {
            let party = parties[index]
            guard party.role == role else { continue }
            if count == 0 { self.open(name, UInt8(ascii: "[")) }
            self.enter(name, count)
            self.writer.append(UInt8(ascii: "{"))
            self.party(party, precedence, of: telegram)
            self.writer.close(UInt8(ascii: "}"))
            self.leave()
            count += 1
        }
        if count > 0 { self.writer.close(UInt8(ascii: "]")) }
    }

    /// `lowest` is what an addressee without a precedence word gets.
    private mutating func party(_ party: Party, _ lowest: Precedence?, of telegram: borrowing Telegram) {
        let start = self.attributes.count
        self.appendPlain(party.name, of: telegram)
        let name = UnsafeRawBufferPointer(rebasing: self.attributes.bytes[start...])
        let post = self.directory.indexOfPost(named: Span(_unsafeBytes: name))
        self.attributes.count = start

        self.text("name", party.name, of: telegram)
        if let indicator = party.routingIndicator {
            self.octets("routingIndicator", indicator)
        } else if party.role == .originator, let post {
            self.writer.append(self.fragments.routingIndicator(post))
        }
        if party.role != .originator {
            if let precedence = party.precedence ?? lowest {
                self.word("precedence", precedence.name)
                if let range = party.precedenceRange { self.note("precedence", range) }
            }
            self.octets("continuityNumber", party.continuityNumber)
        }
        self.octets("office", party.office)
        if party.role != .originator {
            self.flag("collective", party.collective)
            if party.alreadyServed { self.flag("alreadyServed", true) }
            self.exempted(party.exempt, of: telegram)
        }
        if let post { self.writer.append(self.fragments.post(post)) }
    }

    private mutating func exempted(_ slice: Slice, of telegram: borrowing Telegram) {
        let indices = slice.indices.clamped(to: 0..<telegram.exempted.count)
        if indices.isEmpty { return }
        self.open("exempt", UInt8(ascii: "["))
        for index in indices {
            self.writer.append(UInt8(ascii: "\""))
            let text = telegram.exempted[index]
            self.enter("exempt", index - indices.lowerBound)
            self.append(text.indices.clamped(to: 0..<telegram.pieces.count), of: telegram, field: "")
            self.leave()
            self.writer.append("\",")
        }
        self.writer.close(UInt8(ascii: "]"))
    }

    /// Format 4.5: the first is the last readdressal made.
    private mutating func readdressal(_ telegram: borrowing Telegram) {
        guard let readdressal = telegram.readdressals.first else { return }
        self.open("readdressedBy", UInt8(ascii: "{"))
        self.enter("readdressedBy")
        var by = readdressal.by
        by.role = .originator
        self.party(by, nil, of: telegram)
        if let precedence = readdressal.precedence { self.word("precedence", precedence.name) }
        self.dateTimeGroup(readdressal.dateTimeGroup)
        self.leave()
        self.writer.close(UInt8(ascii: "}"))
        let range = readdressal.addressees.indices
        let precedence = readdressal.precedence
        self.parties("supplementaryTo", .action, telegram.readdressed, range, precedence, of: telegram)
        self.parties("supplementaryInfo", .information, telegram.readdressed, range, precedence, of: telegram)
    }

    /// A text's octets into `attributes`, runs of blanks as one space.
    mutating func appendPlain(_ text: Text, of telegram: borrowing Telegram) {
        let pieces = text.indices.clamped(to: 0..<telegram.pieces.count)
        let start = self.attributes.count
        var isBlank = false
        for index in pieces {
            let piece = telegram.pieces[index]
            if piece.join != .nothing { isBlank = true }
            let octets = self.slice(piece.range, piece.origin)
            var offset = 0
            while offset < octets.count {
                let octet = octets[offset]
                if octet <= 0x20 {
                    isBlank = true
                    offset += 1
                    continue
                }
                if isBlank, self.attributes.count > start { self.attributes.append(UInt8(ascii: " ")) }
                isBlank = false
                if octet < 0x80 {
                    let word = offset
                    repeat { offset += 1 } while offset < octets.count && (0x21...0x7F).contains(octets[offset])
                    self.attributes.append(UnsafeRawBufferPointer(rebasing: octets[word..<offset]))
                } else {
                    offset += self.attributes.transcode(octets, at: offset)
                }
            }
        }
    }
}

extension Telegram {
    /// What an addressee without a precedence word gets (format 1.7).
    var lowestPrecedence: Precedence? {
        guard let action = self.actionPrecedence else { return nil }
        return min(action, self.informationPrecedence ?? action)
    }
}
