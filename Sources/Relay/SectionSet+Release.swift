package import Assembly
package import Events
internal import Telegram

extension SectionSet {
    /// What the state machine let go, with the octets of its parts.
    package init(_ release: SectionRelease, transmissions: [Transmission]) {
        self.init(
            transmissions: transmissions, expected: release.expected, missing: release.missing,
            isWhole: release.isComplete, revision: release.revision,
            conflicts: release.conflicts.map { Conflict($0) })
    }
}

extension SectionSet {
    /// Sections whose octets are gone.
    mutating func lose(_ sections: [Int]) {
        if sections.isEmpty { return }
        self.missing = (self.missing + sections).sorted()
        self.isWhole = false
        self.conflicts += sections.map { Conflict(.sourceExpired, section: $0) }
    }
}

extension SectionSet.Conflict {
    fileprivate init(_ conflict: SectionConflict) {
        switch conflict {
        case .count(let section, _, _): self.init(.sectionCountConflict, section: section)
        case .classification(let section, _, _), .dateTimeGroup(let section, _):
            self.init(.sectionContradiction, section: section)
        }
    }
}
