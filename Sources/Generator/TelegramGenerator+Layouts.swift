extension TelegramGenerator {
    /// What stands above FL5, or all of a heading that has no FL5.
    mutating func writeOpening(of telegram: GeneratedTelegram, stations: [StaticString], to output: inout [UInt8]) {
        switch telegram.layout {
        case .acp127, .archive: self.writeRouting(of: telegram, stations, to: &output)
        case .acp126: self.writeCall(of: telegram, to: &output)
        case .janap128: self.writeHeader(of: telegram, stations, to: &output)
        case .doi103:
            output.append(telegram.precedence.routing)
            output.append(" YEKAAB\nDE YEKZZC #")
            self.writeSerialAndFiling(of: telegram, separator: " ", to: &output)
            output.endLine()
            self.writeWarning(of: telegram, to: &output)
            output.append("ZKZK PP SOA DE\n")
        case .pages1973: self.writePagePrelude(of: telegram, to: &output)
        case .general:
            output.append(telegram.levelWord)
            output.append("//\n")
            output.append(telegram.precedence.word)
            output.endLine()
        case .smart, .bareHeading, .textOnly: break
        }
    }

    private mutating func writeIdentification(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append("VZCZC")
        let suffix = telegram.post.routingIndicator.utf8Start + 4
        output.append(contentsOf: UnsafeBufferPointer(start: suffix, count: 2))
        output.append("O")
        output.append(number: self.channelNumber(of: telegram.postIndex), width: 4)
        output.endLine()
    }

    private mutating func writeRouting(
        of telegram: GeneratedTelegram, _ stations: [StaticString], to output: inout [UInt8]
    ) {
        self.writeIdentification(of: telegram, to: &output)
        output.append(telegram.precedence.routing)
        output.append(" RUEHC")
        for station in stations {
            output.append(" ")
            output.append(station)
        }
        output.append("\nDE ")
        output.append(telegram.post.routingIndicator)
        output.append(" #")
        self.writeSerialAndFiling(of: telegram, separator: " ", to: &output)
        output.endLine()
        self.writeWarning(of: telegram, to: &output)
    }

    private mutating func writeCall(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        self.writeIdentification(of: telegram, to: &output)
        output.append("RUEHC\nDE ")
        output.append(telegram.post.routingIndicator)
        output.append(" NR ")
        output.append(number: telegram.serial % 10_000, width: 3)
        output.endLine()
    }

    private mutating func writeHeader(
        of telegram: GeneratedTelegram, _ stations: [StaticString], to output: inout [UInt8]
    ) {
        self.writeIdentification(of: telegram, to: &output)
        let letter = telegram.levelLetter
        output.append(telegram.precedence.routing.utf8Start[0])
        output.append("TT")
        output.append(letter)
        output.append("ZYUW ")
        output.append(telegram.post.routingIndicator)
        self.writeSerialAndFiling(of: telegram, separator: " ", to: &output)
        output.append("-")
        for _ in 0..<4 { output.append(letter) }
        output.append("--RUEHC")
        for station in stations {
            output.append(" ")
            output.append(station)
        }
        output.append(".\n")
        self.writeWarning(of: telegram, to: &output)
    }

    private mutating func writePagePrelude(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append(telegram.levelWord)
        output.append("\n\nPAGE 01  ")
        telegram.appendShortPost(to: &output)
        output.append(" ")
        output.append(number: telegram.serial, width: 5)
        output.append("  ")
        output.append(number: telegram.day, width: 2)
        output.append(number: telegram.hour, width: 2)
        output.append(number: telegram.minute, width: 2)
        output.append("Z\n\n44\nACTION AF-08\n\nINFO  OCT-01  ISO-00  SS-15  L-02  /026 W\n")
        output.append("                     --------------------- 061774\n")
    }

    func writeWarning(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        switch telegram.level {
        case .unclassified: output.append("ZNR UUUUU ZZH\n")
        case .confidential: output.append("ZNY CCCCC ZZH\n")
        case .secret: output.append("ZNY SSSSS ZZH\n")
        }
    }

    /// Filed up to three hours after the date-time group.
    private mutating func writeSerialAndFiling(
        of telegram: GeneratedTelegram, separator: StaticString, to output: inout [UInt8]
    ) {
        let minutes = telegram.hour * 60 + telegram.minute + self.random.below(180)
        output.append(number: telegram.serial % 10_000, width: 4)
        output.append(separator)
        output.append(number: telegram.dayOfYear + minutes / 1440, width: 3)
        output.append(number: minutes % 1440 / 60, width: 2)
        output.append(number: minutes % 60, width: 2)
    }

    /// All of a SMART telegram above its text.
    mutating func writeLabels(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append(telegram.levelWord)
        output.append("\nMRN:           ")
        output.append(number: telegram.year % 100, width: 2)
        output.append(" ")
        output.append(telegram.post.name)
        output.append(" ")
        output.append(number: telegram.serial)
        output.append("\nDate/DTG:      ")
        output.append(Phrases.months[telegram.month - 1])
        output.append(" ")
        output.append(number: telegram.day, width: 2)
        output.append(", ")
        output.append(number: telegram.year)
        output.append(" / ")
        telegram.appendDateTimeGroup(to: &output)
        output.append("\nFrom:          ")
        output.append(telegram.post.kind)
        output.append(" ")
        output.append(telegram.post.name)
        output.append("\nAction:        WASHDC, SECSTATE ROUTINE\nE.O.:          13526\nTAGS:          ECON, ")
        output.append(telegram.post.geographicTag)
        output.append("\nCaptions:      SENSITIVE\nSubject:       ")
        output.append(contentsOf: telegram.subject.utf8)
        output.append("\n\n")
    }

    /// The sets of a general message up to the one that opens its text.
    func writeSets(of telegram: GeneratedTelegram, to output: inout [UInt8]) {
        output.append("UNCLAS //N02000//\nNAVADMIN ")
        output.append(number: telegram.serial % 1000)
        output.append("/")
        output.append(number: telegram.year % 100, width: 2)
        output.append("\nMSGID/GENADMIN/")
        output.append(telegram.post.name)
        output.append("/-/")
        output.append(Phrases.monthGroups[telegram.month - 1])
        output.append("//\nSUBJ/")
        output.append(contentsOf: telegram.subject.utf8)
        output.append("//\nREF/A/DOC/NAVSAMPLE/12MAR2011//\nNARR/REF A IS THE INSTRUCTION.//\nRMKS/")
    }
}

extension GeneratedTelegram {
    var levelWord: StaticString {
        switch self.level {
        case .unclassified: "UNCLASSIFIED"
        case .confidential: "CONFIDENTIAL"
        case .secret: "SECRET"
        }
    }

    var levelLetter: StaticString {
        switch self.level {
        case .unclassified: "U"
        case .confidential: "C"
        case .secret: "S"
        }
    }

    /// Six letters, as the page lines of 1973-79 have it.
    func appendShortPost(to output: inout [UInt8]) {
        output.append(contentsOf: self.post.name.description.filter { $0 != " " }.prefix(6).utf8)
    }
}

extension Precedence {
    /// Alone on a line above a general message.
    var word: StaticString {
        switch self {
        case .routine: "ROUTINE"
        case .priority, .priorityRoutine: "PRIORITY"
        case .immediate, .immediatePriority, .nightAction: "IMMEDIATE"
        case .flash: "FLASH"
        }
    }
}
