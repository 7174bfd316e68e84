/// Labels that stand a second time above the text (format 9 number 19).
extension Parser {
    /// The first valid line wins; a later one is kept beside it, unless it says the same.
    mutating func readRepeatedLabel(_ octets: Octets, _ index: Int) -> Int {
        let part = self.scratch.parts[index]
        guard let label = octets.textLabel(at: part.range.start, before: part.range.end, inside: false)?.label,
            let first = self.scratch.parts[..<index].first(where: { $0.label == label })
        else { return index + 1 }
        switch label {
        case .executiveOrder where self.telegram.executiveOrder?.value.isEmpty ?? true:
            self.readExecutiveOrder(octets, part)
            return index + 1
        case .tags where self.telegram.tags.isEmpty: return self.readTags(octets, index)
        case .subject where self.telegram.subject.isEmpty: return self.readSubject(octets, index)
        default: break
        }
        self.claim(part.range)
        let text = octets.trimmed(part.content)
        guard let element = label.element, !text.isEmpty, !octets.equals(text, octets.trimmed(first.content)) else {
            return index + 1
        }
        self.telegram.alternatives.append(Alternative(element: element, text: text))
        self.telegram.findings.append(Finding(.repeatedElement, range: part.range))
        return index + 1
    }
}

extension TextLabel {
    /// References and classifiers may take several lines with a label each.
    var standsOnce: Bool { self.element != nil }

    fileprivate var element: Alternative.Element? {
        switch self {
        case .executiveOrder: .executiveOrder
        case .tags: .tags
        case .subject: .subject
        case .none, .references, .classifiedBy, .repeated: nil
        }
    }
}
