import NIOHTTP1

/// An input of a connection; inputs are processed in their order.
enum GateInput {
    case part(HTTPServerRequestPart)
    /// Replaces the head of a request that is refused without being examined.
    case refusal(Refusal)
    /// An event of the channel, such as the end of the client's side.
    case event(Any)
    case error(any Error)
}

/// The answer to a request that is refused by its head alone.
struct Refusal {
    let answer: Answer
    let id: String
    /// True if the connection ends with it.
    let isLast: Bool
}

/// The action to carry out after a step of `GateState`.
enum GateAction {
    case nothing
    /// Offers a whole request to the shortcut.
    case offer(BodilessRequest)
    /// Checks a head by `HeadRules`, and passes it on.
    case check(HTTPRequestHead)
    /// Passes the request that was kept for the shortcut on to the router, and then an input.
    case pass(GateInput)
    /// Asks for admission of a body.
    case admit(HTTPRequestHead)
    /// Passes an input to the router, and sends `100 Continue` before it if the client waits for that.
    case forward(GateInput, sendsContinue: Bool)
    /// Refuses bytes that are no request, and ends the connection.
    case refuse(Problem)
    case writeAnswers
    case close
}
