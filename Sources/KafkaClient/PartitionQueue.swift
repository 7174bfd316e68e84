internal import CRdkafka
internal import Synchronization

/// One assigned partition: its own queue in librdkafka, so that one which is not served holds up no other.
///
/// Belongs to the poll thread (trap 20: batches, seeks and assignments from one thread only).
final class PartitionQueue {
    let partition: TopicPartition
    let epoch: Int64
    /// The next offset to hand on; at first what the partition was assigned with, which may be a logical one.
    var next: Int64
    /// The first offset not to be handed on; nil where there is none.
    private let stop: Int64?
    /// All before `stop` has been handed on, or is not there. What lies beyond stays unread: librdkafka fetches no more once
    /// its queue is full.
    private(set) var isFinished = false
    /// librdkafka gives records that it was not asked for.
    private var isBehind = false
    private let client: ClientHandle
    private let raw: OpaquePointer

    /// What came beside records.
    enum Notice {
        /// Of the partition as it is now or, where it has a stop, that one.
        case end(offset: Int64)
        case error(KafkaError)
    }

    /// To be made before the partition is assigned, so that no message takes the way to the common queue.
    init?(_ start: CommittedOffset, stop: Int64?, epoch: Int64, client: ClientHandle, wakeup: Wakeup) {
        let partition = start.partition
        guard let raw = rd_kafka_queue_get_partition(client.raw, partition.topic, partition.partition) else {
            return nil
        }
        self.partition = partition
        self.next = start.offset
        self.stop = stop
        self.epoch = epoch
        self.client = client
        self.raw = raw
        rd_kafka_queue_forward(raw, nil)
        rd_kafka_queue_cb_event_enable(
            raw,
            { _, context in
                guard let context else { return }
                Unmanaged<Wakeup>.fromOpaque(context).takeUnretainedValue().signal()
            }, Unmanaged.passUnretained(wakeup).toOpaque())
    }

    /// Gives the queue back after the partition is unassigned; what lies in it goes too (trap 9: an undrained queue of a
    /// removed partition blocks destroying).
    func close(_ scratch: MessageScratch) {
        rd_kafka_queue_cb_event_enable(self.raw, nil, nil)
        while true {
            let count = rd_kafka_consume_batch_queue(self.raw, 0, scratch.base, scratch.capacity)
            if count <= 0 { break }
            for index in 0..<count { rd_kafka_message_destroy(scratch.base[index]) }
        }
        rd_kafka_queue_destroy(self.raw)
    }

    var isEmpty: Bool { rd_kafka_queue_length(self.raw) == 0 }

    /// The stop, once, when there is nothing before it any more: the next offset is at it or past it, over holes as well
    /// (compaction, transaction markers).
    func reachStop() -> Int64? {
        guard !self.isFinished, let stop = self.stop, self.next >= stop else { return nil }
        self.isFinished = true
        return stop
    }

    /// Takes at most `room` records without waiting; errors that librdkafka mixes in come apart from them.
    func take(upTo room: Int, _ scratch: MessageScratch) -> (batch: RecordBatch?, notices: [Notice]) {
        let taken = rd_kafka_consume_batch_queue(self.raw, 0, scratch.base, min(room, scratch.capacity))
        guard taken > 0 else { return (nil, []) }
        var notices: [Notice] = []
        var slots: [RecordBatch.Slot] = []
        slots.reserveCapacity(taken)
        let messages = UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>>.allocate(capacity: taken)
        var count = 0
        let limit = self.stop ?? .max
        for index in 0..<taken {
            guard let message = scratch.base[index] else { continue }
            let offset = message.pointee.offset
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                // What lies behind was handed on, or was not wanted: nobody may get it twice, whatever librdkafka reads again.
                if offset < self.next {
                    if !self.isBehind { notices.append(.error(.readAgain(self.partition, offset, below: self.next))) }
                    self.isBehind = true
                    rd_kafka_message_destroy(message)
                    continue
                }
                self.isBehind = false
                self.next = offset + 1
                if offset < limit {
                    slots.append(RecordBatch.Slot(reading: message))
                    messages[count] = message
                    count += 1
                    continue
                }
            } else if message.pointee.err == RD_KAFKA_RESP_ERR__PARTITION_EOF {
                self.next = max(self.next, offset)
                if self.stop == nil { notices.append(.end(offset: offset)) }
            } else {
                notices.append(.error(KafkaError(reading: message)))
            }
            rd_kafka_message_destroy(message)
        }
        if let stop = self.reachStop() { notices.append(.end(offset: stop)) }
        guard count > 0 else {
            messages.deallocate()
            return (nil, notices)
        }
        let client = self.client
        let kept = count
        client.batches.add(1, ordering: .relaxed)
        let batch = RecordBatch(partition: self.partition, epoch: self.epoch, slots: slots) {
            for index in 0..<kept { rd_kafka_message_destroy(messages[index]) }
            messages.deallocate()
            client.batches.subtract(1, ordering: .releasing)
        }
        return (batch, notices)
    }
}

extension KafkaError {
    fileprivate static func readAgain(_ partition: TopicPartition, _ offset: Int64, below next: Int64) -> KafkaError {
        KafkaError(
            code: 0, name: "READ_AGAIN", kind: .retriable, operation: "consume",
            detail: "\(partition): librdkafka reads again from \(offset); all below \(next) is passed over")
    }

    fileprivate init(reading message: UnsafeMutablePointer<rd_kafka_message_t>) {
        let text = rd_kafka_message_errstr(message).map { String(cString: $0) }
        self = .make(message.pointee.err, during: "consume", detail: text)
    }
}

extension RecordBatch.Slot {
    fileprivate init(reading message: UnsafeMutablePointer<rd_kafka_message_t>) {
        let record = message.pointee
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = rd_kafka_message_timestamp(message, &kind)
        self.init(
            offset: record.offset, timestamp: kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? -1 : timestamp,
            key: record.key.map { UnsafeRawBufferPointer(start: $0, count: record.key_len) },
            value: record.payload.map { UnsafeRawBufferPointer(start: $0, count: record.len) },
            message: OpaquePointer(message))
    }
}

/// Room for the pointers of one batch, used again for each.
final class MessageScratch {
    let capacity = 256
    let base: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>

    init() {
        self.base = .allocate(capacity: self.capacity)
        self.base.initialize(repeating: nil, count: self.capacity)
    }

    deinit {
        self.base.deallocate()
    }
}
