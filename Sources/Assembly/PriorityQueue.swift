/// A heap, the least element first.
struct PriorityQueue<Element: Comparable & Sendable>: Sendable {
    private var elements: [Element] = []

    var count: Int { self.elements.count }
    var first: Element? { self.elements.first }

    mutating func insert(_ element: Element) {
        self.elements.append(element)
        var child = self.elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard self.elements[child] < self.elements[parent] else { return }
            self.elements.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() {
        guard let last = self.elements.popLast(), !self.elements.isEmpty else { return }
        self.elements[0] = last
        self.sink(0)
    }

    /// Leaves out what does not count any more.
    mutating func keep(where isKept: (Element) -> Bool) {
        self.elements.removeAll { !isKept($0) }
        for index in stride(from: self.elements.count / 2 - 1, through: 0, by: -1) { self.sink(index) }
    }

    private mutating func sink(_ index: Int) {
        var parent = index
        while true {
            var child = 2 * parent + 1
            guard child < self.elements.count else { return }
            if child + 1 < self.elements.count, self.elements[child + 1] < self.elements[child] { child += 1 }
            guard self.elements[child] < self.elements[parent] else { return }
            self.elements.swapAt(child, parent)
            parent = child
        }
    }
}
