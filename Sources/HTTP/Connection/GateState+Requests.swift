import NIOHTTP1

// The path of the input to the shortcut or to the router.
extension GateState {
    /// Takes an input of the connection, or one that was held.
    ///
    /// - Parameters:
    ///   - input: The next input.
    ///   - recognize: Returns the request that a head begins, if the shortcut may answer it.
    /// - Returns: The action that the input asks for.
    mutating func receive(_ input: GateInput, recognize: (HTTPRequestHead) -> BodilessRequest?) -> GateAction {
        guard held.isEmpty else { return hold(input) }
        switch input {
        case .part(let part): return receive(part, recognize)
        case .event: return .pass(input)
        case .refusal(let refusal):
            guard !isEnding else { return closeIntake() }
            return refuse(refusal)
        case .error(let error):
            guard intake != .nothing else { return .nothing }
            if let error = error as? HTTPParserError, arrival != .partial, !isEnding {
                return .refuse(Problem(unreadable: error))
            }
            end()
            return .pass(input)
        }
    }

    private mutating func receive(
        _ part: HTTPServerRequestPart,
        _ recognize: (HTTPRequestHead) -> BodilessRequest?
    ) -> GateAction {
        switch (part, intake) {
        case (.end, .nextRequest):
            intake = .all
            return .nothing
        case (_, .nextRequest), (_, .nothing): return .nothing
        case (.head, .all) where isEnding: return closeIntake()
        case (.head(let head), .all):
            if unanswered == 0 { candidate = recognize(head) }
            return candidate == nil ? .check(head) : .nothing
        case (.end(nil), .all):
            return candidate.map(GateAction.offer) ?? .pass(.part(part))
        case (.body, .all), (.end, .all): return .pass(.part(part))
        }
    }

    /// Notes that the shortcut has taken the candidate.
    mutating func noteTaken() {
        _ = answers.add(id: candidate?.id)
        candidate = nil
    }

    /// Gives up the candidate; its head goes to the router.
    mutating func takeCandidate() -> HTTPRequestHead? {
        defer { candidate = nil }
        return candidate?.head
    }

    /// Passes an input to the router, or holds it until its turn.
    mutating func pass(_ input: GateInput) -> GateAction {
        guard answers.isEmpty, held.isEmpty else { return hold(input) }
        // The router would not answer.
        guard isServed || !isDraining else { return .close }
        guard case .part(.head(let head)) = input else { return .forward(input, sendsContinue: false) }
        guard head.hasBody else { return forward(head) }
        // `100 Continue` would be sent among the answers to earlier requests.
        if head.expectsContinue, unanswered > 0 { return hold(input) }
        if case .admitted = body { return forward(head) }
        return .admit(head)
    }

    /// Notes that a body is admitted, and passes its head on.
    mutating func admit(_ head: HTTPRequestHead, _ admission: BodyAdmission.Admission) -> GateAction {
        body = .admitted(admission)
        return forward(head)
    }

    private mutating func forward(_ head: HTTPRequestHead) -> GateAction {
        unanswered += 1
        if !head.isKeepAlive { end() }
        speaksOldHTTP = head.version == .http1_0
        return .forward(.part(.head(head)), sendsContinue: head.hasBody && head.expectsContinue)
    }

    /// Puts a refusal into its turn.
    mutating func refuse(_ refusal: Refusal) -> GateAction {
        guard unanswered == 0, held.isEmpty else { return hold(.refusal(refusal)) }
        if refusal.isLast { end() }
        intake = refusal.isLast ? .nothing : .nextRequest
        answers.note(answers.add(id: refusal.id), .other(refusal.answer))
        return .writeAnswers
    }

    private mutating func hold(_ input: GateInput) -> GateAction {
        held.append(input)
        return .nothing
    }

    private mutating func closeIntake() -> GateAction {
        intake = .nothing
        return .nothing
    }
}

extension HTTPRequestHead {
    var hasBody: Bool { headers.contains(name: "Transfer-Encoding") || bodyLength ?? 0 > 0 }

    /// The length of the body in bytes; nil if it is not known.
    var bodyLength: Int? { headers.first(name: "Content-Length").flatMap { Int($0) } }

    /// True for `Expect: 100-continue`, which is ignored in HTTP/1.0 (RFC 9110, section 10.1.1).
    fileprivate var expectsContinue: Bool {
        version != .http1_0 && headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    }
}
