internal import Glibc
import Testing

@testable import Generator
@testable import Telegram

/// Damage that a rule of format 6.4 promises to undo, done to generated telegrams at random places: the values come back,
/// and a finding says which rule brought them.
struct DamageRoundTripTests {
    private static let count = getenv("TAPERELAY_ROUND_TRIPS").flatMap { Int(String(cString: $0)) } ?? 400
    private static let seed: UInt64 =
        getenv("TAPERELAY_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 1...1_000_000)

    private static let keys: [Character] = Array("PQWERTYUIO")

    /// The line that the classification stands on, cut at its last words.
    private static func damageLine(
        _ text: String, _ known: GeneratedTelegram, _ change: (_ post: String, _ serial: String) -> String
    ) -> String? {
        let serial = String(repeating: "0", count: 6 - "\(known.serial)".count) + "\(known.serial)"
        let post = known.post.name.description
        let old = " \(post) \(serial)\n"
        guard text.contains(old) else { return nil }
        return text.replacing(old, with: " \(change(post, serial))\n")
    }

    /// Each paragraph's number with something in front of it.
    private static func damageNumbers(_ text: String, _ known: GeneratedTelegram, _ front: String) -> String {
        var text = text
        // From the last on: what is changed may look like a later number.
        for number in (1...known.paragraphs).reversed() {
            text = text.replacing("\n\(number).  (", with: "\n\(front)\(number).  (")
        }
        return text
    }

    /// Changes one line of prose that has such a line behind it, anywhere in the body.
    private static func damageProse(
        _ text: String, _ random: inout Xoshiro256, _ change: (_ line: Substring, inout Xoshiro256) -> String
    ) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let body = lines.firstIndex(where: { $0.hasPrefix("1.  (") }) else { return nil }
        let prose = (body..<lines.count - 1).filter { index in
            lines[index].count > 40 && lines[index + 1].count > 40 && lines[index + 1].first?.isLetter == true
        }
        guard !prose.isEmpty else { return nil }
        let place = prose[random.below(prose.count)]
        lines[place] = Substring(change(lines[place], &random))
        return lines.joined(separator: "\n")
    }

    /// The last word once more, behind another one and the error prosign, whatever blanks stand between its letters.
    private static func retype(_ line: Substring, _ random: inout Xoshiro256) -> String {
        let word = line.split(separator: " ").last ?? ""
        var prosign = "E"
        for _ in 0..<7 { prosign += String(repeating: " ", count: 1 + random.below(3)) + "E" }
        return "\(line) MISTAKEN \(random.below(3) == 0 ? "EEEEEEEE" : prosign) \(word)"
    }

    private static func damaged(
        _ text: String, _ known: GeneratedTelegram, _ rule: Rule, _ random: inout Xoshiro256
    ) -> String? {
        switch rule {
        case .d1: return self.damageNumbers(text, known, "1")
        case .d5: return self.damageNumbers(text, known, "- ")
        case .d13: return self.damageProse(text, &random, self.retype)
        case .d22:
            return self.damageProse(text, &random) { line, _ in
                "\(line)\n\n\(known.post.name) 0000\(1000 + known.serial % 9000)  001.2 OF 001\n"
            }
        case .d4:
            return text.contains("\nREF: A) ") ? text.replacing("\nREF: A) ", with: "\nREF: 1A) ") : nil
        case .d8: return text.replacing("\nTAGS: ", with: "\nAGS: ")
        case .d9:
            return self.damageLine(text, known) { post, serial in
                var letters = Array(post)
                letters[1 + random.below(max(letters.count - 2, 1))] = "Q"
                return String(letters) + " " + serial
            }
        case .d10: return self.damageLine(text, known) { post, serial in post + " 0O" + serial.dropFirst(2) }
        case .d11:
            return self.damageLine(text, known) { post, serial in
                post + " " + String(serial.map { Self.keys[$0.wholeNumberValue ?? 0] })
            }
        case .d15:
            guard
                let place = text.firstRange(of: "Comment: ")?.upperBound ?? text.firstRange(of: "COMMENT: ")?.upperBound
            else {
                return nil
            }
            return String(text[..<place]) + "VZCZCXRO6325 " + String(text[place...])
        case .d20:
            let group = known.dateTimeGroup
            return text.replacing(group, with: group.prefix(2) + " " + group.dropFirst(2))
        default: return nil
        }
    }

    private static func isUndone(
        _ known: GeneratedTelegram, _ rule: Rule, _ telegram: borrowing Telegram, _ octets: [UInt8]
    ) -> Bool {
        guard telegram.findings.contains(where: { $0.repair?.rule == rule }) else { return false }
        let key = telegram.messageReference.map {
            String(decoding: telegram.made[$0.key.start..<$0.key.end], as: UTF8.self)
        }
        guard key == known.id, telegram.tags.count >= 2, telegram.complete else { return false }
        guard let group = telegram.dateTimeGroup, Int(group.day) == known.day, Int(group.hour) == known.hour,
            Int(group.minute) == known.minute, group.month.map({ Int($0) }) == known.month
        else { return false }
        return telegram.paragraphs.map { $0.number ?? 0 } == Array(1...Int32(known.paragraphs))
    }

    @Test(arguments: [Rule.d1, .d4, .d5, .d8, .d9, .d10, .d11, .d13, .d15, .d20, .d22])
    func ruleUndoesItsDamage(rule: Rule) {
        print("damage \(rule.rawValue): \(Self.count) telegrams, seed \(Self.seed)")
        var generator = TelegramGenerator(seed: Self.seed)
        var random = Xoshiro256(seed: Self.seed &+ 7)
        var parser = Parser()
        var tried = 0
        var undone = 0
        for _ in 0..<Self.count {
            var octets: [UInt8] = []
            let known = generator.next(into: &octets)
            let text = String(decoding: octets, as: UTF8.self)
            guard let damaged = Self.damaged(text, known, rule, &random), damaged != text else { continue }
            tried += 1
            let changed = Array(damaged.utf8)
            var good = false
            _ = parser.parse(changed.span) { good = Self.isUndone(known, rule, $0, changed) }
            if good { undone += 1 }
        }
        print("damage \(rule.rawValue): \(undone) of \(tried) undone")
        #expect(tried > 0)
        #expect(undone * 100 >= tried * 99, "\(undone) of \(tried), seed \(Self.seed)")
    }
}
