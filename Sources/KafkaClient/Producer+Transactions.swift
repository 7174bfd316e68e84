internal import CRdkafka

/// With `transactional.id` in its configuration; without, each call throws `_NOT_CONFIGURED`.
extension Producer: TransactionalProducer {
    package func initTransactions(timeout: Duration) throws(KafkaError) {
        try self.transact("init transactions") { rd_kafka_init_transactions($0, timeout.milliseconds) }
    }

    package func beginTransaction() throws(KafkaError) {
        try self.transact("begin transaction") { rd_kafka_begin_transaction($0) }
    }

    package func sendOffsets(
        _ offsets: [CommittedOffset], group: borrowing GroupMetadata, timeout: Duration
    ) throws(KafkaError) {
        if offsets.isEmpty { return }
        if let error = KafkaError.ofMetadata(in: offsets, during: "send offsets") { throw error }
        let content = group.content
        // Against a broker that hangs it takes the whole of `transaction.timeout.ms`, whatever it is told (measured, with
        // 2.0.2 and 2.16 alike): hence a thread that may be left alone with it.
        let answer = OwnThread.call(within: timeout + .milliseconds(500)) { () -> KafkaError? in
            let list = PartitionList(offsets)
            do throws(KafkaError) {
                try self.transact("send offsets") {
                    rd_kafka_send_offsets_to_transaction($0, list.raw, content.raw, timeout.milliseconds)
                }
                return nil
            } catch {
                return error
            }
        }
        guard let answer else {
            var error = KafkaError.make(
                RD_KAFKA_RESP_ERR__TIMED_OUT, during: "send offsets",
                detail: "no answer in time; whether they were taken is not known")
            error.kind = .other
            throw error
        }
        if let error = answer { throw error }
    }

    package func commitTransaction(timeout: Duration) throws(KafkaError) {
        try self.transact("commit transaction") { rd_kafka_commit_transaction($0, timeout.milliseconds) }
    }

    package func abortTransaction(timeout: Duration) throws(KafkaError) {
        try self.transact("abort transaction") { rd_kafka_abort_transaction($0, timeout.milliseconds) }
    }

    /// `begin` is refused in every state that an open transaction may be in, and says why.
    package func transactionFailure() -> KafkaError? {
        do throws(KafkaError) {
            try self.beginTransaction()
            return nil
        } catch {
            if error.name == "_STATE" { return nil }
            // By its number: that it wants an abort is known.
            return .make(code: error.code, during: "in transaction", detail: error.detail)
        }
    }

    private func transact(
        _ operation: String, _ call: (_ client: OpaquePointer) -> OpaquePointer?
    ) throws(KafkaError) {
        try self.gate.enter(during: operation)
        defer { self.gate.leave() }
        guard let refused = call(self.client.raw) else { return }
        throw KafkaError.make(consuming: refused, duringTransaction: operation)
    }
}

extension KafkaError {
    /// Within a transaction the flags alone tell what may follow, not the code: a time-out, say, may be asked again from one
    /// call and not from another.
    fileprivate static func make(consuming error: OpaquePointer, duringTransaction operation: String) -> KafkaError {
        let isFlagged =
            rd_kafka_error_is_fatal(error) != 0 || rd_kafka_error_txn_requires_abort(error) != 0
            || rd_kafka_error_is_retriable(error) != 0
        var made = KafkaError.make(consuming: error, during: operation)
        if !isFlagged, made.kind == .retriable || made.kind == .abortable {
            made.kind = .other
        }
        return made
    }
}
