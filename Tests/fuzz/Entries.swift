internal import Assembly
internal import Telegram

/// The octets of an input as a script: what comes next, and with which values.
private struct Script {
    private var rest: ArraySlice<UInt8>

    init(_ octets: [UInt8]) { self.rest = octets[...] }

    var isOver: Bool { self.rest.isEmpty }

    mutating func octet() -> UInt8 { self.rest.popFirst() ?? 0 }

    mutating func flag() -> Bool { self.octet() & 1 == 1 }

    mutating func below(_ limit: Int) -> Int { (Int(self.octet()) << 8 | Int(self.octet())) % limit }

    /// A few texts, so that they meet.
    mutating func text() -> [UInt8] { [0x41 + self.octet() % 3, 0x7C, 0x42 + self.octet() % 2] }

    mutating func octets() -> [UInt8] {
        let taken = self.rest.prefix(Int(self.octet()))
        self.rest = self.rest.dropFirst(taken.count)
        return Array(taken)
    }

    /// Near what came before, or at an end of what can be said.
    mutating func time(near now: Int64) -> Int64 {
        switch self.octet() {
        case 255: .max
        case 254: .min
        case 253: 0
        case let steps: now.addingReportingOverflow((Int64(steps) - 100) * 1000).partialValue
        }
    }

    mutating func source() -> PartSource {
        PartSource(partition: Int32(self.octet() % 4), offset: Int64(self.below(600)), index: Int32(self.octet() % 2))
    }

    mutating func quality() -> CopyQuality {
        CopyQuality(
            isWhole: self.flag(), standing: CopyQuality.Standing(rawValue: self.octet() % 3) ?? .ordinary,
            garble: Int(self.octet() % 4), filed: self.flag() ? Int64(self.octet()) : nil)
    }

    mutating func content() -> ContentHash { ContentHash(high: UInt64(self.octet() % 4), low: 0) }

    /// Nothing of it, or an octet that is not as it was written, or octets that nobody wrote.
    mutating func damage(_ octets: inout [UInt8]) {
        guard !octets.isEmpty else { return }
        switch self.octet() % 4 {
        case 0: break
        case 1: octets[self.below(octets.count)] = self.octet()
        case 2: octets.replaceSubrange(self.below(octets.count)..., with: self.octets())
        default: octets = Array(octets.prefix(Int(self.octet()))) + self.octets()
        }
    }

    mutating func numbers() -> ClosedRange<Int> {
        let first = 1 + self.below(9999)
        return first...min(first + Int(self.octet()), 9999)
    }
}

/// One of the state machines whose memory stands in the journal, with what it wrote there.
private struct Remembered<Machine: Journaled> {
    var machine: Machine
    private var entries: [(key: [UInt8], value: [UInt8])] = []

    init(_ machine: Machine) { self.machine = machine }

    /// After each call of the machine.
    mutating func keep() {
        for key in self.machine.changedKeys {
            if let entry = self.machine.snapshot(of: key), self.entries.count < 64 { self.entries.append((key, entry)) }
        }
    }

    /// An entry of before, whole or damaged.
    mutating func restore(_ script: inout Script) {
        guard !self.entries.isEmpty else { return }
        var (key, entry) = self.entries[script.below(self.entries.count)]
        script.damage(&entry)
        if script.flag() { key = self.entries[script.below(self.entries.count)].key }
        guard (try? self.machine.restore(key, from: entry)) != nil else { return }
        // What was taken is said again, and taken again.
        for key in self.machine.changedKeys.union([key]) {
            guard let entry = self.machine.snapshot(of: key) else { continue }
            do {
                var other = self.machine
                try other.restore(key, from: entry)
            } catch {
                fatalError("an entry that is written is refused: \(error)")
            }
        }
    }
}

/// State machines that get what nobody would send, and entries of their journal that nobody wrote.
private struct Machines {
    private var sections: Remembered<SectionSets>
    private var numbers: Remembered<ContinuityWatch>
    private var versions: Remembered<TelegramVersions>
    private var copies = CopyRegister()
    private var copyEntries: [(key: [UInt8], value: [UInt8])] = []
    private var copyOffset: Int64 = 0
    /// Of `telegrams.sections`.
    private var records: [[UInt8]] = []
    private var now: Int64 = 1_700_000_000_000

    init() {
        var assembly = AssemblySettings()
        assembly.open.sets = 3
        assembly.released.sets = 3
        self.sections = Remembered(SectionSets(settings: assembly))
        var continuity = ContinuitySettings()
        continuity.series = 4
        continuity.openRanges = 4
        self.numbers = Remembered(ContinuityWatch(settings: continuity))
        var settings = VersionSettings()
        settings.telegrams = 4
        self.versions = Remembered(TelegramVersions(settings: settings))
        self.copies = CopyRegister(settings: settings)
    }

    mutating func step(_ script: inout Script) {
        self.now = max(script.time(near: self.now), self.now)
        switch script.octet() % 12 {
        case 0, 1: self.observe(&script)
        case 2, 3:
            _ = self.sections.machine.partArrived(self.part(&script), at: self.now)
            self.sections.keep()
        case 4: self.judge(&script)
        case 5: self.meet(&script)
        case 6: self.numbers.restore(&script)
        case 7: self.sections.restore(&script)
        case 8: self.versions.restore(&script)
        case 9: self.restoreCopies(&script)
        case 10: self.end(&script)
        default: self.read(&script)
        }
    }

    private mutating func observe(_ script: inout Script) {
        let observations = (0..<script.octet() % 4).map { _ in self.observation(&script) }
        _ = self.numbers.machine.observationsArrived(observations, at: self.now)
        self.numbers.keep()
        var record = ObservationRecord(partition: Int32(script.octet()))
        for observation in observations { record.add(observation) }
        let octets = record.octets
        guard (try? ObservationRecord.read(octets)) != nil else { fatalError("a record that is written is refused") }
        self.records.append(octets)
    }

    private func observation(_ script: inout Script) -> NumberObservation {
        NumberObservation(
            series: NumberSeries(NumberSeries.Kind.allCases[Int(script.octet() % 3)], script.text()),
            number: script.flag() ? script.below(10_000) : nil, width: script.flag() ? 3 : 4,
            time: script.time(near: self.now), identity: script.flag() ? script.text() : [], source: script.source(),
            answered: (0..<script.octet() % 3).map { _ in script.numbers() })
    }

    private func part(_ script: inout Script) -> SectionPart {
        SectionPart(
            keys: SectionKeys(
                station: script.flag() ? script.text() : nil, reference: script.flag() ? script.text() : nil,
                kin: script.flag() ? script.text() : nil),
            section: 1 + script.below(SectionPart.limit),
            count: script.flag() ? 1 + script.below(SectionPart.limit) : nil,
            level: script.flag() ? Level.allCases[Int(script.octet()) % Level.allCases.count] : nil,
            precedence: Precedence.allCases[Int(script.octet()) % Precedence.allCases.count], content: script.content(),
            quality: script.quality(), isSuspected: script.flag(), octetCount: script.below(10_000),
            source: script.source())
    }

    private mutating func judge(_ script: inout Script) {
        if script.flag() {
            _ = self.versions.machine.cancellationArrived(of: script.text(), source: script.source(), at: self.now)
        } else {
            let copy = TelegramCopy(
                identity: script.text(), aliases: script.flag() ? [script.text()] : [],
                dateTimeGroup: script.flag() ? script.text() : nil, stationSerial: script.flag() ? script.text() : nil,
                content: script.content(), quality: script.quality(),
                marks: TelegramCopy.Marks(rawValue: script.octet()),
                source: script.source(), eventID: script.text())
            _ = self.versions.machine.copyArrived(copy, at: self.now)
        }
        self.versions.keep()
    }

    private mutating func meet(_ script: inout Script) {
        var record = CopyNoticeRecord(partition: Int32(script.octet()))
        for _ in 0..<script.octet() % 3 {
            record.add(
                CopyNotice(
                    identity: script.text(), name: script.text(), channel: script.text(), event: script.content(),
                    quality: script.quality(), marks: TelegramCopy.Marks(rawValue: script.octet()),
                    source: script.source()))
        }
        if script.flag() {
            record.add(CancellationNotice(name: script.text(), event: script.content(), source: script.source()))
        }
        let octets = record.octets
        guard let notices = try? CopyNoticeRecord.read(octets) else {
            fatalError("a record that is written is refused")
        }
        self.arrived(octets, notices, &script)
        self.records.append(octets)
    }

    private mutating func arrived(_ octets: [UInt8], _ notices: CopyNotices, _ script: inout Script) {
        let offset = script.flag() ? Int64(script.octet()) : self.copyOffset
        self.copyOffset = max(self.copyOffset, offset + 1)
        _ = self.copies.recordArrived(octets, notices, at: offset, self.now)
        for (key, value) in self.copies.takeEntries() {
            if let value, self.copyEntries.count < 64 { self.copyEntries.append((key, value)) }
        }
    }

    /// A worker that starts again: entries come before records.
    private mutating func restoreCopies(_ script: inout Script) {
        var register = CopyRegister(settings: self.copies.settings)
        for (key, value) in self.copyEntries {
            var value = value
            script.damage(&value)
            try? register.restore(key, from: value)
        }
        self.copies = register
    }

    private mutating func end(_ script: inout Script) {
        switch script.octet() % 3 {
        case 0:
            _ = self.numbers.machine.timePassed(to: self.now)
            _ = self.sections.machine.timePassed(to: self.now)
            self.versions.machine.timePassed(to: self.now)
        case 1: _ = self.numbers.machine.inputEnded()
        default: _ = self.sections.machine.inputEnded()
        }
        _ = self.numbers.machine.nextDeadline
        _ = self.sections.machine.nextDeadline
        self.numbers.keep()
        self.sections.keep()
        self.versions.keep()
    }

    /// Records that nobody wrote.
    private mutating func read(_ script: inout Script) {
        guard !self.records.isEmpty else { return }
        var octets = self.records[script.below(self.records.count)]
        script.damage(&octets)
        if let observations = try? ObservationRecord.read(octets) {
            _ = self.numbers.machine.observationsArrived(observations, at: self.now)
            self.numbers.keep()
        }
        if let notices = try? CopyNoticeRecord.read(octets) { self.arrived(octets, notices, &script) }
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var script = Script(Array(UnsafeBufferPointer(start: start, count: count)))
    var machines = Machines()
    while !script.isOver { machines.step(&script) }
    return 0
}
