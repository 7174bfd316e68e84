import Testing

@testable import Generator
@testable import Telegram

/// What the parser finds in generated telegrams is what the generator wrote.
struct GeneratedTelegramTests {
    private func text(_ text: Text, of telegram: borrowing Telegram, _ octets: [UInt8]) -> String {
        var result = ""
        for index in text.indices {
            let piece = telegram.pieces[index]
            if index > Int(text.first) {
                switch piece.join {
                case .nothing: break
                case .space: result += " "
                case .newline: result += "\n"
                case .blankLine: result += "\n\n"
                }
            }
            let source = piece.origin == .record ? octets : telegram.made
            result += String(decoding: source[piece.range.start..<piece.range.end], as: UTF8.self)
        }
        return result
    }

    private func check(_ known: GeneratedTelegram, _ telegram: borrowing Telegram, _ octets: [UInt8]) {
        let made = telegram.made
        let key = telegram.messageReference.map { String(decoding: made[$0.key.start..<$0.key.end], as: UTF8.self) }
        #expect(key == known.id)
        #expect(telegram.originator.map { self.text($0.name, of: telegram, octets) } == known.from)
        #expect(self.text(telegram.subject, of: telegram, octets) == known.subject)
        #expect(self.text(telegram.signature, of: telegram, octets) == known.signature.description)
        let group = telegram.dateTimeGroup.map { octets[$0.range.start..<$0.range.end] } ?? []
        #expect(String(decoding: group, as: UTF8.self) == known.dateTimeGroup)
        #expect(telegram.dateTimeGroup?.year == Int16(known.year))
        #expect(telegram.paragraphs.map { $0.number ?? 0 } == Array(1...Int32(known.paragraphs)))
        #expect(!telegram.paragraphs.contains { $0.mark == nil || $0.synthetic })
        #expect(telegram.explainedCount == telegram.octetCount)
        for paragraph in telegram.paragraphs {
            #expect(!self.text(paragraph.text, of: telegram, octets).contains("\n"))
        }
    }

    @Test func cleanTelegramsAreReadWithoutAnyFinding() {
        var generator = TelegramGenerator(seed: 1)
        var parser = Parser()
        for _ in 0..<2_000 {
            var octets: [UInt8] = []
            let known = generator.next(into: &octets)
            let outcome = parser.parse(octets.span) { telegram in
                self.check(known, telegram, octets)
                #expect(telegram.findings.isEmpty, "\(known.id): \(telegram.findings.map(\.code))")
                #expect(telegram.complete)
            }
            #expect(outcome.telegrams == 1)
        }
    }

    @Test func damageIsUndone() {
        var generator = TelegramGenerator(seed: 2, damage: 0.3)
        var parser = Parser()
        for _ in 0..<1_000 {
            var octets: [UInt8] = []
            let known = generator.next(into: &octets)
            _ = parser.parse(octets.span) { telegram in
                self.check(known, telegram, octets)
                var allowed: Set<FindingCode> = []
                if known.damage.contains(.pilcrow) {
                    allowed.formUnion([.paragraphNumberRestored, .yearRestored, .possibleStrayDigit])
                    let restored = telegram.findings.filter { $0.code == .paragraphNumberRestored }
                    #expect(restored.count == known.paragraphs)
                    // A month and a year of five digits is left nowhere.
                    for paragraph in telegram.paragraphs {
                        let text = self.text(paragraph.text, of: telegram, octets)
                        #expect(!text.split(separator: " ").contains { $0.count == 5 && $0.hasPrefix("120") })
                    }
                }
                if known.damage.contains(.bullets) { allowed.insert(.bulletDropped) }
                if known.damage.contains(.gluedSignature) { allowed.insert(.signatureRestored) }
                if !known.damage.isDisjoint(with: [.lostSeparators, .lostEnd]) {
                    allowed.formUnion([.missingElement, .endOfMessageMissing])
                }
                #expect(Set(telegram.findings.map(\.code)).subtracting(allowed).isEmpty, "\(known.id)")
                #expect(telegram.complete == !known.damage.contains(.lostEnd))
            }
        }
    }

    /// As `telegrams` in one record: none takes anything of the next.
    @Test func telegramsOfOneRecordAreReadOneByOne() {
        var generator = TelegramGenerator(seed: 3)
        var octets: [UInt8] = []
        let known = (0..<200).map { _ in generator.next(into: &octets) }
        var parser = Parser()
        var count = 0
        let outcome = parser.parse(octets.span) { telegram in
            if count < known.count { self.check(known[count], telegram, octets) }
            #expect(telegram.findings.isEmpty)
            count += 1
        }
        #expect(outcome.telegrams == known.count)
    }
}
