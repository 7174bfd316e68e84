internal import Directory

/// JSON of the directory's entries, rendered once, in one stretch of memory.
struct Fragments: ~Copyable {
    private var writer = JSONWriter()
    private var posts: [Range<Int>] = []
    private var indicators: [Range<Int>] = []
    private var tags: [Range<Int>] = []
    private var signals: [Range<Int>] = []

    init(_ directory: Directory) {
        for post in directory.posts {
            self.posts.append(self.render { Fragments.write(post, &$0) })
            self.indicators.append(
                self.render {
                    if let own = post.routingIndicators.first { Fragments.member("routingIndicator", own, &$0) }
                })
        }
        for tag in directory.tags {
            self.tags.append(
                self.render {
                    Fragments.member("title", tag.title, &$0)
                    if let country = tag.country { Fragments.member("country", country, &$0) }
                })
        }
        for signal in directory.operatingSignals {
            self.signals.append(self.render { Fragments.member("meaning", signal.meaning, &$0) })
        }
    }

    /// `"post":{…},`
    func post(_ index: Int) -> UnsafeRawBufferPointer { self.slice(self.posts[index]) }
    /// `"routingIndicator":"…",`
    func routingIndicator(_ index: Int) -> UnsafeRawBufferPointer { self.slice(self.indicators[index]) }
    /// `"title":"…","country":"…",`
    func tag(_ index: Int) -> UnsafeRawBufferPointer { self.slice(self.tags[index]) }
    /// `"meaning":"…",`
    func signal(_ index: Int) -> UnsafeRawBufferPointer { self.slice(self.signals[index]) }

    private func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self.writer.bytes[range])
    }

    private mutating func render(_ body: (inout JSONWriter) -> Void) -> Range<Int> {
        let start = self.writer.count
        body(&self.writer)
        return start..<self.writer.count
    }

    private static func write(_ post: Post, _ writer: inout JSONWriter) {
        writer.append("\"post\":{")
        self.member("name", post.name, &writer)
        self.member("kind", post.kind.rawValue, &writer)
        if let country = post.country { self.member("country", country, &writer) }
        if let region = post.region { self.member("region", region, &writer) }
        // The directory has checked that these are JSON numbers.
        for (name, value) in [("latitude", post.latitude), ("longitude", post.longitude)] {
            guard let value else { continue }
            writer.append(UInt8(ascii: "\""))
            Array(name.utf8).withUnsafeBytes { writer.append($0) }
            writer.append("\":")
            Array(value.utf8).withUnsafeBytes { writer.append($0) }
            writer.append(UInt8(ascii: ","))
        }
        writer.close(UInt8(ascii: "}"))
    }

    private static func member(_ name: StaticString, _ value: String, _ writer: inout JSONWriter) {
        writer.name(name)
        Array(value.utf8).withUnsafeBytes { writer.string($0) }
    }
}
