extension TelegramGenerator {
    /// Lines 1 to 11 (format 1).
    mutating func writeHeading(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        let post = telegram.post
        let information = self.informationAddressees(of: telegram)
        output.append("VZCZC")
        let suffix = post.routingIndicator.utf8Start + 4
        output.append(contentsOf: UnsafeBufferPointer(start: suffix, count: 2))
        output.append("O")
        output.append(number: self.channelNumber(of: telegram.postIndex), width: 4)
        output.endLine()

        output.append(telegram.precedence.routing)
        output.append(" RUEHC")
        for addressee in information {
            output.append(" ")
            output.append(addressee.routingIndicator)
        }
        output.endLine()

        self.writeFiling(of: telegram, to: &output)

        switch telegram.level {
        case .unclassified: output.append("ZNR UUUUU ZZH\n")
        case .confidential: output.append("ZNY CCCCC ZZH\n")
        case .secret: output.append("ZNY SSSSS ZZH\n")
        }

        output.append(telegram.precedence.prosigns)
        telegram.appendDateTimeGroup(to: &output)
        if telegram.precedence == .nightAction { output.append(" ZZK") }
        output.append("\nFM ")
        output.append(post.kind)
        output.append(" ")
        output.append(post.name)

        output.append("\nTO RUEHC/SECSTATE WASHDC")
        output.append(telegram.precedence.actionWord)
        self.writeContinuityNumber(to: &output)
        output.endLine()
        var first = true
        for addressee in information {
            if first { output.append("INFO ") }
            first = false
            output.append(addressee.routingIndicator)
            output.append("/")
            if let kind = addressee.kind {
                output.append(kind)
                output.append(" ")
            }
            output.append(addressee.name)
            output.append(telegram.precedence.informationWord)
            if addressee.numbered { self.writeContinuityNumber(to: &output) }
            output.endLine()
        }
        output.append(telegram.damage.contains(.lostSeparators) ? "\n" : "BT\n")
    }

    /// Line 3: filed up to three hours after the date-time group.
    private mutating func writeFiling(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        let minutes = telegram.hour * 60 + telegram.minute + self.random.below(180)
        output.append("DE ")
        output.append(telegram.post.routingIndicator)
        output.append(" #")
        output.append(number: telegram.serial % 10_000, width: 4)
        output.append(" ")
        output.append(number: telegram.dayOfYear + minutes / 1440, width: 3)
        output.append(number: minutes % 1440 / 60, width: 2)
        output.append(number: minutes % 60, width: 2)
        output.endLine()
    }

    private mutating func writeContinuityNumber(to output: inout [UInt8]) {
        output.append(" ")
        output.append(number: self.random.from(1...9999), width: 4)
    }

    private struct Addressee {
        let routingIndicator: StaticString
        var kind: StaticString?
        let name: StaticString
        let numbered: Bool
    }

    private mutating func informationAddressees(of telegram: GeneratedTelegram) -> [Addressee] {
        var addressees: [Addressee] = []
        let posts = Post.all
        // Neighbours in the table are neighbours in the world; never the post itself, never one twice.
        for distance in 1...3 where self.random.chance(0.5) {
            let post = posts[(telegram.postIndex + distance) % posts.count]
            addressees.append(
                Addressee(routingIndicator: post.routingIndicator, kind: post.kind, name: post.name, numbered: true))
        }
        if self.random.chance(0.3) {
            addressees.append(Addressee(routingIndicator: "RUCNCIS", name: "CIS COLLECTIVE", numbered: true))
        }
        if self.random.chance(0.2) {
            addressees.append(Addressee(routingIndicator: "RUCPDOC", name: "DEPT OF COMMERCE WASHDC", numbered: false))
        }
        if self.random.chance(0.2) {
            addressees.append(
                Addressee(routingIndicator: "RHEFDIA", name: "DIA WASHINGTON DC//XY-2//", numbered: false))
        }
        return addressees
    }

    /// Lines 13, 15 and 16.
    func writeEnd(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        if !telegram.damage.contains(.lostSeparators) { output.append("BT\n") }
        if telegram.damage.contains(.lostEnd) {
            output.endLine()
            return
        }
        output.append("#")
        output.append(number: telegram.serial % 10_000, width: 4)
        output.append("\n\nNNNN\n")
    }
}
