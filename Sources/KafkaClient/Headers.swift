internal import CRdkafka
internal import Glibc

extension RecordBatch.Slot {
    /// The record's headers in order, duplicates and null values included.
    ///
    /// librdkafka reads them at the first call and keeps them in the message: one thread at a time may ask for those of one
    /// record.
    package var headers: Headers { Headers(list: self.headerList) }

    /// Nil where there are none, or where they cannot be read.
    var headerList: OpaquePointer? {
        if let own = self.ownHeaders { return own }
        guard let message = self.message else { return nil }
        var found: OpaquePointer?
        rd_kafka_message_headers(UnsafePointer<rd_kafka_message_t>(message), &found)
        return found
    }

    /// Headers of one consumed record; valid as long as its batch.
    package struct Headers: Sequence {
        private let list: OpaquePointer?

        init(list: OpaquePointer?) { self.list = list }

        package func makeIterator() -> Iterator { Iterator(list: self.list) }

        package struct Iterator: IteratorProtocol {
            fileprivate let list: OpaquePointer?
            private var index = 0

            fileprivate init(list: OpaquePointer?) {
                self.list = list
            }

            /// A null value is nil, an empty one a buffer of no bytes.
            package mutating func next() -> (name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?)? {
                guard let list = self.list else { return nil }
                var name: UnsafePointer<CChar>?
                var value: UnsafeRawPointer?
                var size = 0
                let result = rd_kafka_header_get_all(list, self.index, &name, &value, &size)
                guard result == RD_KAFKA_RESP_ERR_NO_ERROR, let name else { return nil }
                self.index += 1
                return (
                    UnsafeRawBufferPointer(start: name, count: strlen(name)),
                    value.map { UnsafeRawBufferPointer(start: $0, count: size) }
                )
            }
        }
    }
}

/// The headers of a record about to be produced; librdkafka takes them when it takes the record.
enum ProducedHeaders {
    /// Nil where there are none. Headers of `original` that `added` names anew are left out: ours are set, never appended.
    static func make(original: RecordBatch.Slot?, added: [Header]) -> OpaquePointer? {
        let list: OpaquePointer?
        if let carried = original?.headerList {
            list = rd_kafka_headers_copy(carried)
            for header in added {
                header.name.withUTF8Buffer { name in
                    name.withMemoryRebound(to: CChar.self) { name in
                        _ = rd_kafka_header_remove(list, name.baseAddress)  // a static string ends with NUL
                    }
                }
            }
        } else if !added.isEmpty {
            list = rd_kafka_headers_new(added.count)
        } else {
            return nil
        }
        for header in added {
            header.name.withUTF8Buffer { name in
                name.withMemoryRebound(to: CChar.self) { name in
                    _ = rd_kafka_header_add(
                        list, name.baseAddress, name.count, header.value.baseAddress ?? Octets.none,
                        header.value.count)
                }
            }
        }
        return list
    }
}

enum Octets {
    /// Where an empty value, which is not a null one, points to.
    ///
    /// `nonisolated(unsafe)`: nobody reads or writes what it points to.
    nonisolated(unsafe) static let none = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
}
