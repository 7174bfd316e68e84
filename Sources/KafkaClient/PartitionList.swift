internal import CRdkafka
internal import Glibc

/// The owner of a `rd_kafka_topic_partition_list_t`: a leaked one can make destroying the client hang (measured).
struct PartitionList: ~Copyable {
    let raw: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(capacity: Int) {
        self.raw = rd_kafka_topic_partition_list_new(Int32(clamping: capacity))
    }

    init(copying list: UnsafePointer<rd_kafka_topic_partition_list_t>) {
        self.raw = rd_kafka_topic_partition_list_copy(list)
    }

    /// Offsets with their metadata.
    init(_ offsets: [CommittedOffset]) {
        self.init(capacity: offsets.count)
        for offset in offsets {
            let added = rd_kafka_topic_partition_list_add(
                self.raw, offset.partition.topic, offset.partition.partition)
            guard let added else { continue }
            added.pointee.offset = offset.offset
            var metadata = offset.metadata
            metadata.withUTF8 { text in
                // The list frees it with `free`.
                guard text.count > 0, let copy = malloc(text.count), let start = text.baseAddress else { return }
                memcpy(copy, start, text.count)
                added.pointee.metadata = copy
                added.pointee.metadata_size = text.count
            }
        }
    }

    deinit {
        rd_kafka_topic_partition_list_destroy(self.raw)
    }

    var offsets: [CommittedOffset] { CommittedOffset.read(self.raw) }

    /// The first error that stands at a partition.
    func firstError(during operation: String) -> KafkaError? { KafkaError.first(in: self.raw, during: operation) }
}

extension KafkaError {
    static func first(
        in list: UnsafePointer<rd_kafka_topic_partition_list_t>, during operation: String
    ) -> KafkaError? {
        for index in 0..<max(Int(list.pointee.cnt), 0) {
            let element = list.pointee.elems[index]
            if element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
                let place = "\(String(cString: element.topic))[\(element.partition)]"
                return .make(
                    element.err, during: operation,
                    detail: "\(place): \(String(cString: rd_kafka_err2str(element.err)))")
            }
        }
        return nil
    }
}

extension CommittedOffset {
    /// Copies a list out of librdkafka's memory.
    static func read(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [CommittedOffset] {
        (0..<max(Int(list.pointee.cnt), 0)).map { index in
            let element = list.pointee.elems[index]
            let metadata = UnsafeRawBufferPointer(
                start: element.metadata, count: element.metadata == nil ? 0 : element.metadata_size)
            return CommittedOffset(
                TopicPartition(String(cString: element.topic), element.partition), offset: element.offset,
                metadata: String(decoding: metadata, as: UTF8.self))
        }
    }
}
