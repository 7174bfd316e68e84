/// Which octets each field was read from, and each finding speaks of, and the other way round.
struct FieldSources {
    /// A stretch of octets that the same fields were read from, the most special first.
    struct Run {
        var range: Range<Int>
        var fields: [Int]
    }

    private(set) var names: [String] = []
    private(set) var numbers: [String: Int] = [:]
    private var ranges: [(range: Range<Int>, field: Int)] = []

    /// The first field that is a finding's place; the others are the event's own.
    private let firstFinding: Int

    /// From an event's `provenance`, and its findings in the order in which they are shown.
    init(_ provenance: EventNode?, findings: [EventNode]) {
        for entry in provenance?.elements ?? [] {
            guard let name = entry["field"]?.text, let range = Self.range(entry), !range.isEmpty else { continue }
            let field = self.numbers[name] ?? self.names.count
            if field == self.names.count {
                self.numbers[name] = field
                self.names.append(name)
            }
            self.ranges.append((range, field))
        }
        self.firstFinding = self.names.count
        for finding in findings {
            // What is lost has no octets: the one behind it shows the place.
            if let range = Self.range(finding) {
                self.ranges.append((range.lowerBound..<max(range.upperBound, range.lowerBound + 1), self.names.count))
            }
            self.names.append(finding["message"]?.text ?? "")
        }
        self.ranges.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }

    private static func range(_ entry: EventNode) -> Range<Int>? {
        let bounds = (entry["range"]?.elements ?? []).compactMap { Int($0.text) }
        guard bounds.count == 2, 0 <= bounds[0], bounds[0] <= bounds[1], bounds[1] < Int.max else { return nil }
        return bounds[0]..<bounds[1]
    }

    /// The field of a finding by its place among them.
    func field(ofFinding index: Int) -> Int { self.firstFinding + index }

    /// Which finding a field is, if it is one.
    func finding(of field: Int) -> Int? { field >= self.firstFinding ? field - self.firstFinding : nil }

    /// One of six, the same for all fields of one part of the event.
    func color(of field: Int) -> Int {
        let part = self.names[field].prefix { $0 != "." }
        return part.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % 6
    }

    /// All octets from `lower` to `upper`, cut wherever a field begins or ends.
    func runs(from lower: Int, to upper: Int) -> [Run] {
        var cuts: Set<Int> = [lower, upper]
        for (range, _) in self.ranges {
            for bound in [range.lowerBound, range.upperBound] where lower < bound && bound < upper {
                cuts.insert(bound)
            }
        }
        let sorted = cuts.sorted()
        var runs: [Run] = []
        var active: [(range: Range<Int>, field: Int)] = []
        var next = 0
        for (start, end) in zip(sorted, sorted.dropFirst()) {
            while next < self.ranges.count, self.ranges[next].range.lowerBound <= start {
                active.append(self.ranges[next])
                next += 1
            }
            active.removeAll { $0.range.upperBound <= start }
            let fields = active.sorted { ($0.range.count, $0.field) < ($1.range.count, $1.field) }.map(\.field)
            runs.append(Run(range: start..<end, fields: fields))
        }
        return runs
    }
}
