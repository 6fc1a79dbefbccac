/// A limit on the rate of requests.
package struct Rate: Sendable {
    package let perSecond: Int
    /// The most requests at once, after a time without any.
    package let burst: Int

    package init(perSecond: Int, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }
}
