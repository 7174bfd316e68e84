import SampleTelegrams
import Testing

@testable import Telegram

/// The table of codes against the code (format 6.4, 1.17, 7.3).
struct FindingTests {
    private static func findings(_ octets: [UInt8]) -> [Finding] {
        Reading.all(octets).flatMap(\.telegram.findings)
    }

    @Test func everyCodeHasACase() {
        #expect(Set(FindingCase.all.map(\.code)) == Set(FindingCode.allCases))
    }

    /// Messages are written as they stand.
    @Test(arguments: FindingCode.allCases)
    func messageNeedsNoEscape(code: FindingCode) {
        let message = Array(code.message.description.utf8)
        #expect(message.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C })
    }

    /// D19 marks, D16 and D15 split or delete; all others repair or keep with a rule.
    @Test func everyRuleHasACase() {
        let withoutRepair: Set<Rule> = [.d16, .d19]
        #expect(Set(FindingCase.all.compactMap(\.rule)).union(withoutRepair) == Set(Rule.allCases))
    }

    @Test(arguments: FindingCase.all.indices)
    func eachCode(index: Int) {
        let finding = FindingCase.all[index]
        let name = "\(finding.code.rawValue) \(finding.rule?.rawValue ?? "")"
        if !finding.yields.isEmpty {
            let found = Self.findings(Array(finding.yields.utf8)).filter {
                $0.code == finding.code && (finding.rule == nil || $0.repair?.rule == finding.rule)
            }
            #expect(!found.isEmpty, "\(name)")
            for found in found { #expect(found.confidence > 0 && found.confidence <= 1, "\(name)") }
        }
        let others = Self.findings(Array(finding.without.utf8)).filter {
            $0.code == finding.code && (finding.rule == nil || $0.repair?.rule == finding.rule)
        }
        #expect(others.isEmpty, "\(name)")
    }

    @Test func octetsThatAreNoText() {
        let windows = Array(FindingCase.body("1. (U) THE CAF").utf8.prefix { $0 != 0xFF })
        let place = windows.count / 2
        let octets = windows[..<place] + [0xE9] + windows[place...]
        #expect(Self.findings(Array(octets)).contains { $0.code == .invalidEncoding })
    }

    @Test func theTableListsEveryCodeOnce() {
        let rows = FindingTable.text(isPlain: true).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(rows.map { $0[0] } == FindingCode.allCases.map(\.rawValue))
        for row in rows {
            #expect(row.count == 4)
            #expect(Severity(rawValue: row[1]) != nil)
            #expect(row[2].first.map { $0.isNumber } == true)
            #expect(row[3].hasSuffix("."))
        }
        let table = FindingTable.text(isPlain: false).split(separator: "\n")
        #expect(table.count == FindingCode.allCases.count + 2)
        #expect(table.allSatisfy { $0.count(where: { $0 == "|" }) == 5 })
    }
}
