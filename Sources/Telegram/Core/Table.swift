/// A list that is emptied, not given back, and that has one owner: unlike an array it need not ask at each change whether
/// it is shared.
struct Table<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        self.capacity = Swift.max(capacity, 1)
        self.base = .allocate(capacity: self.capacity)
    }

    deinit { self.base.deallocate() }

    @inline(__always) var isEmpty: Bool { self.count == 0 }
    /// Valid until the next change.
    @inline(__always) var elements: UnsafeBufferPointer<Element> { .init(start: self.base, count: self.count) }
    @inline(__always) var indices: Range<Int> { 0..<self.count }
    @inline(__always) var last: Element? { self.isEmpty ? nil : self.base[self.count &- 1] }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: self.count), "no such entry")
            return self.base[index]
        }
        set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: self.count), "no such entry")
            self.base[index] = newValue
        }
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if self.count == self.capacity { self.grow(to: self.count + 1) }
        (self.base + self.count).initialize(to: element)
        self.count &+= 1
    }

    /// So many times the same, and nothing else.
    mutating func fill(_ count: Int, with element: Element) {
        if count > self.capacity { self.grow(to: count) }
        self.base.initialize(repeating: element, count: count)
        self.count = count
    }

    /// Keeps the memory.
    @inline(__always)
    mutating func removeAll() { self.count = 0 }

    mutating func sort(by areInOrder: (Element, Element) -> Bool) {
        var elements = UnsafeMutableBufferPointer(start: self.base, count: self.count)
        elements.sort(by: areInOrder)
    }

    @inline(never)
    private mutating func grow(to count: Int) {
        let capacity = Swift.max(self.capacity * 2, count)
        let base = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        base.moveInitialize(from: self.base, count: self.count)
        self.base.deallocate()
        self.base = base
        self.capacity = capacity
    }
}
