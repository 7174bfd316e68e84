import Testing

@testable import Generator

@Suite struct TelegramGeneratorTests {
    private func text(of telegrams: Int, seed: UInt64, damage: Double = 0) -> [UInt8] {
        var generator = TelegramGenerator(seed: seed, damage: damage)
        var output: [UInt8] = []
        for _ in 0..<telegrams { generator.next(into: &output) }
        return output
    }

    private func lines(_ output: [UInt8]) -> [String] {
        output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: [0, 0.5]) func sameSeedSameOctets(damage: Double) {
        #expect(self.text(of: 20, seed: 7, damage: damage) == self.text(of: 20, seed: 7, damage: damage))
        #expect(self.text(of: 20, seed: 7, damage: damage) != self.text(of: 20, seed: 8, damage: damage))
    }

    @Test(arguments: [2009...2009, 1996...2011, 1996...2044, 1950...1960]) func referencesAreDistinct(
        years: ClosedRange<Int>
    ) {
        var generator = TelegramGenerator(seed: 1, years: years)
        var output: [UInt8] = []
        var seen: Set<String> = []
        for _ in 0..<6_000 {
            output.removeAll(keepingCapacity: true)
            let inserted = seen.insert(generator.next(into: &output).id).inserted
            #expect(inserted)
        }
    }

    @Test func undamagedTelegramsKeepTheWireForm() throws {
        var generator = TelegramGenerator(seed: 3)
        for _ in 0..<300 {
            var output: [UInt8] = []
            let known = generator.next(into: &output)
            let lines = self.lines(output)
            #expect(lines.allSatisfy { $0.utf8.count <= 69 && !$0.hasSuffix(" ") })
            #expect(lines.first?.hasPrefix("VZCZC") == true)
            #expect(lines.suffix(2) == ["NNNN", ""])
            #expect(lines.filter { $0 == "BT" }.count == 2)
            #expect(lines.contains("FM \(known.from)"))
            #expect(
                lines.contains {
                    $0.hasSuffix(" \(known.dateTimeGroup)") || $0.hasSuffix(" \(known.dateTimeGroup) ZZK")
                })
            #expect(lines.contains { $0.hasPrefix("SUBJECT: ") })
            let numbered = lines.compactMap { line in
                line.firstRange(of: ".  (").flatMap { Int(line[..<$0.lowerBound]) }
            }
            #expect(numbered == Array(1...known.paragraphs))
            #expect(known.paragraphs >= 2)
            #expect(known.damage.isEmpty)
        }
    }

    @Test func identifierIsYearPostAndSerial() throws {
        var generator = TelegramGenerator(seed: 5)
        for _ in 0..<200 {
            var output: [UInt8] = []
            let known = generator.next(into: &output)
            let line = try #require(
                self.lines(output).first { $0.hasPrefix("UNCLAS ") || $0.hasPrefix("C O") || $0.hasPrefix("S E") })
            let serial = try #require(line.split(separator: " ").last.flatMap { Int($0) })
            #expect(serial == known.serial)
            let year = known.year % 100
            #expect(known.id.hasPrefix(year < 10 ? "0\(year)" : "\(year)"))
            #expect(known.id.hasSuffix("\(serial)"))
            #expect(!known.id.contains(" "))
        }
    }

    @Test func sizesAreLogNormal() {
        var generator = TelegramGenerator(seed: 11)
        var sizes: [Int] = []
        var output: [UInt8] = []
        for _ in 0..<4_000 {
            output.removeAll(keepingCapacity: true)
            generator.next(into: &output)
            sizes.append(output.count)
        }
        sizes.sort()
        let mean = sizes.reduce(0, +) / sizes.count
        #expect((3_500...4_700).contains(sizes[sizes.count / 2]), "median \(sizes[sizes.count / 2])")
        #expect((5_000...7_000).contains(mean), "mean \(mean)")
        #expect(sizes.last.map { (30_000...64_000).contains($0) } == true, "largest \(sizes.last ?? 0)")
        #expect(sizes.first.map { $0 > 700 } == true, "smallest \(sizes.first ?? 0)")
    }

    @Test func damageIsWhatItSays() {
        var generator = TelegramGenerator(seed: 13, damage: 1)
        var seen: Damage = []
        for _ in 0..<300 {
            var output: [UInt8] = []
            let known = generator.next(into: &output)
            seen.formUnion(known.damage)
            let lines = self.lines(output)
            #expect(!known.damage.isEmpty)
            #expect(lines.contains("BT") != known.damage.contains(.lostSeparators))
            #expect(lines.contains("NNNN") != known.damage.contains(.lostEnd))
            #expect(lines.contains("\(known.signature)") != known.damage.contains(.gluedSignature))
            #expect(
                lines.contains { $0.hasPrefix("11.  (") || $0.hasPrefix("- 11.  (") } == known.damage.contains(.pilcrow)
                    || known.paragraphs > 10)
        }
        #expect(seen == [.pilcrow, .bullets, .lostSeparators, .lostEnd, .gluedSignature])
    }

    @Test func damageRateIsKept() {
        var generator = TelegramGenerator(seed: 17, damage: 0.25)
        var output: [UInt8] = []
        var damaged = 0
        for _ in 0..<2_000 {
            output.removeAll(keepingCapacity: true)
            if !generator.next(into: &output).damage.isEmpty { damaged += 1 }
        }
        #expect((400...600).contains(damaged))
    }
}
