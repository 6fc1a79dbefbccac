/// A number of requests in a time.
package struct Rate: Sendable {
    package let perSecond: Int
    /// The requests at once, after a while without any.
    package let burst: Int

    package init(perSecond: Int, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }
}
