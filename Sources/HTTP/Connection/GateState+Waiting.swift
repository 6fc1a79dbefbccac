import NIOHTTP1

// The input that waits for its turn.
extension GateState {
    /// Holds a head until its body is admitted.
    mutating func awaitAdmission(_ head: HTTPRequestHead) {
        body = .waiting
        held.append(.part(.head(head)))
    }

    /// Ends the wait for admission.
    ///
    /// - Parameters:
    ///   - admission: The admission; nil if there was none in time.
    ///   - refusal: Makes the refusal for that case.
    /// - Returns: False if nothing waits any more.
    mutating func endWait(_ admission: BodyAdmission.Admission?, refusal: () -> Refusal) -> Bool {
        guard isWaiting else { return false }
        body = admission.map(BodyState.admitted) ?? .none
        if admission == nil { held[0] = .refusal(refusal()) }
        return true
    }

    /// Removes and returns the admission, which has to be ended.
    mutating func takeAdmission() -> BodyAdmission.Admission? {
        guard case .admitted(let admission) = body else { return nil }
        body = .none
        return admission
    }

    /// Removes and returns the held inputs, to be received again; none while they have to wait.
    mutating func takeHeld() -> [GateInput] {
        guard answers.isEmpty, !isWaiting else { return [] }
        defer { held = [] }
        return held
    }
}
