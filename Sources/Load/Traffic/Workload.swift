import NIOCore

/// The traffic of a mode: writes the requests of a run, and keeps account of what becomes of them.
///
/// Confined to the event loop of the traffic, as the senders are. It holds the events of all open requests, one of each
/// sender at a time.
protocol Workload: AnyObject {
    /// Replaces the contents of a buffer by a sender's next request, with a number of events; returns the index of their
    /// site.
    func write(_ count: Int, by sender: Int, into buffer: inout ByteBuffer) -> Int

    /// Records the reply to the open request of a sender; returns what it says of the events.
    func settle(_ sender: Int, _ reply: Reply) -> Verdict

    /// Records that the open request of a sender was lost without a reply.
    func lose(_ sender: Int)
}
