/// Reference tables: posts, routing indicators, TAGS, countries, operating signals. Looks up, never guesses.
public struct Directory: Sendable {
    /// Tables in CSV that override rows of the built-in ones, by key, or add to them.
    public struct Tables: Sendable {
        public var posts: [UInt8] = []
        public var tags: [UInt8] = []
        public var operatingSignals: [UInt8] = []

        public init() {}
    }

    public private(set) var posts: [Post] = []
    public private(set) var tags: [TagEntry] = []
    public private(set) var operatingSignals: [OperatingSignalEntry] = []

    private var postNames = OctetTable()
    private var routingIndicators = OctetTable()
    private var tagCodes = OctetTable()
    private var signalCodes = OctetTable()

    /// The built-in tables.
    public init() {
        do {
            try self.init(overriding: Tables())
        } catch {
            preconditionFailure("a built-in table is wrong: \(error)")
        }
    }

    /// The built-in tables with the user's rows over them.
    public init(overriding tables: Tables) throws(TableError) {
        try self.add(posts: PackageResources.posts_csv, table: "built-in posts")
        try self.add(tags: PackageResources.tags_csv, table: "built-in tags")
        try self.add(operatingSignals: PackageResources.signals_csv, table: "built-in operating signals")
        try self.add(posts: tables.posts, table: "posts")
        try self.add(tags: tables.tags, table: "tags")
        try self.add(operatingSignals: tables.operatingSignals, table: "operating signals")
        self.index()
    }

    /// The post of a plain language address or of a classification line: `AMEMBASSY BISHKEK`, `Mexico City`.
    ///
    /// Exact after the alias rules of format appendix A; a prefix such as `AMCONSUL` is dropped, nothing else.
    public func post(named name: Span<UInt8>) -> Post? {
        self.indexOfPost(named: name).map { self.posts[$0] }
    }

    /// The post that a routing indicator belongs to. It names a station, not an addressee (format 1.2.2).
    public func post(routingIndicator: Span<UInt8>) -> Post? {
        self.indexOfPost(routingIndicator: routingIndicator).map { self.posts[$0] }
    }

    /// What is known of a TAG.
    public func tag(_ code: Span<UInt8>) -> TagEntry? {
        self.indexOfTag(code).map { self.tags[$0] }
    }

    /// What an operating signal says; a variant digit that has no row of its own falls back to the signal.
    public func operatingSignal(_ signal: Span<UInt8>) -> OperatingSignalEntry? {
        self.indexOfOperatingSignal(signal).map { self.operatingSignals[$0] }
    }

    /// Index into `posts`, for readers that keep something of their own beside each.
    public func indexOfPost(named name: Span<UInt8>) -> Int? {
        name.withUnsafeBytes { name in
            guard let key = PostKey(name) else { return nil }
            return key.withUnsafeBytes { key in
                if let found = self.postNames[key] { return found }
                guard let prefix = PostKey.prefixCount(key), prefix < key.count else { return nil }
                return self.postNames[UnsafeRawBufferPointer(rebasing: key[prefix...])]
            }
        }
    }

    /// Index into `posts`.
    public func indexOfPost(routingIndicator: Span<UInt8>) -> Int? {
        routingIndicator.withUnsafeBytes { self.routingIndicators[$0] }
    }

    /// Index into `tags`.
    public func indexOfTag(_ code: Span<UInt8>) -> Int? {
        code.withUnsafeBytes { self.tagCodes[$0] }
    }

    /// Index into `operatingSignals`.
    public func indexOfOperatingSignal(_ signal: Span<UInt8>) -> Int? {
        signal.withUnsafeBytes { signal in
            if let found = self.signalCodes[signal] { return found }
            guard signal.count == 4, (0x30...0x39).contains(signal[3]) else { return nil }
            return self.signalCodes[UnsafeRawBufferPointer(rebasing: signal[..<3])]
        }
    }

    private mutating func index() {
        for (index, post) in self.posts.enumerated() {
            for alias in post.aliases { self.insert(name: alias, index) }
            for indicator in post.routingIndicators { self.routingIndicators.insert(Array(indicator.utf8), index) }
        }
        // Keys and names last: an alias of one post never hides another.
        for (index, post) in self.posts.enumerated() {
            self.insert(name: post.name, index)
            self.insert(name: post.key, index)
        }
        for (index, tag) in self.tags.enumerated() { self.tagCodes.insert(Array(tag.code.utf8), index) }
        for (index, signal) in self.operatingSignals.enumerated() {
            self.signalCodes.insert(Array(signal.signal.utf8), index)
        }
    }

    private mutating func insert(name: String, _ index: Int) {
        guard let key = Array(name.utf8).withUnsafeBytes({ PostKey($0) }) else { return }
        self.postNames.insert(key.withUnsafeBytes { Array($0) }, index)
    }

    private mutating func add(posts octets: [UInt8], table: String) throws(TableError) {
        var known: [String: Int] = [:]
        for (index, post) in self.posts.enumerated() { known[post.key] = index }
        for post in try Post.rows(octets, table: table) {
            if let index = known[post.key] {
                self.posts[index] = post
            } else {
                known[post.key] = self.posts.count
                self.posts.append(post)
            }
        }
    }

    private mutating func add(tags octets: [UInt8], table: String) throws(TableError) {
        var known: [String: Int] = [:]
        for (index, tag) in self.tags.enumerated() { known[tag.code] = index }
        for tag in try TagEntry.rows(octets, table: table) {
            if let index = known[tag.code] {
                self.tags[index] = tag
            } else {
                known[tag.code] = self.tags.count
                self.tags.append(tag)
            }
        }
    }

    private mutating func add(operatingSignals octets: [UInt8], table: String) throws(TableError) {
        var known: [String: Int] = [:]
        for (index, entry) in self.operatingSignals.enumerated() { known[entry.signal] = index }
        for entry in try OperatingSignalEntry.rows(octets, table: table) {
            if let index = known[entry.signal] {
                self.operatingSignals[index] = entry
            } else {
                known[entry.signal] = self.operatingSignals.count
                self.operatingSignals.append(entry)
            }
        }
    }
}
