package import NIOCore

/// The place of an answer among those of a connection, for a request that a `Shortcut` has taken.
///
/// An answer to a connection that has ended meanwhile is dropped.
package struct Ticket {
    let gate: ConnectionGate
    let number: Int

    /// The id of the request: the client's, or a new one.
    package func requestID() -> String { gate.requestID(number) }

    /// Answers 204 without content.
    package func answerNoContent() { gate.note(number, .noContent) }

    /// Gives any other answer.
    ///
    /// - Parameters:
    ///   - answer: The answer, still without id and date.
    ///   - id: The id of the request.
    package func answer(_ answer: Answer, id: String) { gate.note(number, .other(gate.complete(answer, id: id))) }

    /// Writes the known answers of the connection up to the first unknown one.
    package func writeAnswers(at now: NIODeadline) { gate.writeAnswers(at: now) }
}
