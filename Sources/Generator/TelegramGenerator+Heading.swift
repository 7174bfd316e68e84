extension TelegramGenerator {
    /// Lines 1 to 11 (format 1).
    mutating func writeHeading(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        let post = telegram.post
        let information = self.informationAddressees(of: telegram)
        self.writeOpening(of: telegram, stations: information.map(\.routingIndicator), to: &output)
        if telegram.layout == .textOnly { return }
        if telegram.layout == .smart {
            self.writeLabels(of: telegram, to: &output)
            return
        }

        output.append(telegram.precedence.prosigns)
        telegram.appendDateTimeGroup(to: &output)
        if telegram.precedence == .nightAction { output.append(" ZZK") }
        output.append("\nFM ")
        output.append(post.kind)
        output.append(" ")
        output.append(post.name)

        if telegram.layout == .general {
            output.append("\nTO NAVADMIN\nBT\n")
            return
        }
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
        let isSeparated = telegram.layout.hasWireEnd && !telegram.damage.contains(.lostSeparators)
        output.append(isSeparated ? "BT\n" : "\n")
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
        switch telegram.layout {
        case .acp127, .janap128, .doi103, .bareHeading, .acp126: self.writeWireEnd(of: telegram, to: &output)
        case .pages1973:
            output.endLine()
            output.append(telegram.levelWord)
            output.append("\n\nNNN\n")
        case .smart:
            output.append("\nSignature:     ")
            output.append(telegram.signature)
            output.append("\n\nDrafted By:    POL:Brandt, Ilse\n")
            output.append(telegram.levelWord)
            output.endLine()
        case .general:
            output.append("BT\n#0001\nNNNN\n")
            output.append(telegram.levelWord)
            output.append("//\n")
        case .archive, .textOnly: output.endLine()
        }
    }

    private func writeWireEnd(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        if !telegram.damage.contains(.lostSeparators) { output.append("BT\n") }
        if telegram.damage.contains(.lostEnd) {
            output.endLine()
            return
        }
        if telegram.layout != .acp126 {
            output.append("#")
            output.append(number: telegram.serial % 10_000, width: 4)
            output.append("\n\n")
        }
        output.append("NNNN\n")
    }
}
