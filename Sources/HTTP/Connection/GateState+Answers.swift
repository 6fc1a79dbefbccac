// The answers of the shortcut, of the gate itself and of the router.
extension GateState {
    /// The ticket of the next request that the shortcut takes.
    var nextTicket: Int { answers.nextTicket }

    /// Notes the answer to a request.
    mutating func note(_ ticket: Int, _ answer: AnswerQueue.State) { answers.note(ticket, answer) }

    /// Removes the known answers up to the first unknown one.
    ///
    /// - Parameter write: Writes an answer, which may be the last of the connection.
    /// - Returns: True if the connection ends with the written answers; nil if none was written.
    mutating func takeAnswers(_ write: (_ answer: AnswerQueue.Request, _ isLast: Bool) -> Void) -> Bool? {
        let isStopping = isDraining && held.isEmpty && arrival != .partial
        let waiting = answers.count
        while let request = answers.next() { write(request, isStopping && answers.isEmpty) }
        guard answers.count < waiting else { return nil }
        if isStopping, answers.isEmpty {
            end()
            intake = .nothing
        }
        return answers.isEmpty && intake == .nothing
    }

    /// Begins an answer of the router.
    ///
    /// - Returns: False if no request waits for one: it answers malformed input, or the rest of a request that has been
    ///   refused here.
    mutating func beginResponse() -> Bool {
        guard unanswered > 0 else { return false }
        if isDraining, unanswered == 1, held.isEmpty { end() }
        return true
    }

    /// The value of `Connection` in an answer of the router; nil if the header is not needed.
    var connectionOption: String? {
        guard isEnding || speaksOldHTTP else { return nil }
        return isEnding && unanswered == 1 ? "close" : "keep-alive"
    }

    /// Ends an answer of the router; returns true if the connection ends with it.
    mutating func endResponse() -> Bool {
        unanswered -= 1
        return unanswered == 0 && isEnding && held.isEmpty
    }
}
