import NIOHTTP1

// The input that waits for its turn.
extension GateState {
    /// Leaves a head waiting for the admission of its body.
    mutating func awaitAdmission(_ head: HTTPRequestHead) {
        body = .waiting
        held.append(.part(.head(head)))
    }

    /// Ends the wait for admission.
    ///
    /// - Parameters:
    ///   - admission: nil if there was none in time.
    ///   - refusal: Makes the refusal for that case.
    /// - Returns: False if nothing waits any more.
    mutating func endWait(_ admission: BodyAdmission.Admission?, refusal: () -> Refusal) -> Bool {
        guard isWaiting else { return false }
        body = admission.map(BodyState.admitted) ?? .none
        if admission == nil { held[0] = .refusal(refusal()) }
        return true
    }

    /// Takes the admission out, which has to be ended.
    mutating func takeAdmission() -> BodyAdmission.Admission? {
        guard case .admitted(let admission) = body else { return nil }
        body = .none
        return admission
    }

    /// Takes out what was held, to be received again; nothing as long as it has to wait.
    mutating func takeHeld() -> [GateInput] {
        guard answers.isEmpty, !isWaiting else { return [] }
        defer { held = [] }
        return held
    }
}
