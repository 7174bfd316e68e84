internal import CRdkafka

/// The librdkafka that is loaded, which need not be the one that was compiled against.
package enum ClientLibrary {
    /// `2.0.2`.
    package static var version: String { String(cString: rd_kafka_version_str()) }

    /// Whether it is this release or a later one.
    package static func isAtLeast(_ major: Int32, _ minor: Int32, _ patch: Int32 = 0) -> Bool {
        // 0xMMmmrrxx, xx being 0xff in a release.
        rd_kafka_version() >> 8 >= major << 16 | minor << 8 | patch
    }
}
