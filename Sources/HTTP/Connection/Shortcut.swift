package import NIOHTTP1

/// A way to answer some requests without a body at less cost than the router.
///
/// An instance belongs to one event loop and is used on it alone.
package protocol Shortcut: AnyObject {
    /// The request that begins with a head, if it may be answered here; nil leaves it to the router.
    func recognize(_ head: HTTPRequestHead) -> BodilessRequest?

    /// Takes a complete request.
    ///
    /// - Parameters:
    ///   - request: The request, as `recognize` returned it.
    ///   - ticket: The place of its answer, which has to be given later, in another turn of the event loop.
    /// - Returns: False to leave the request to the router.
    func take(_ request: BodilessRequest, _ ticket: Ticket) -> Bool
}
