import HTTPTypes
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

// The end of a connection that takes too long, or has no more to say.
extension ConnectionGate {
    func startAlarm(_ context: ChannelHandlerContext) {
        guard alarm == nil else { return }
        let now = NIODeadline.now()
        guard case .wait(let due) = deadlines.verdict(at: now, isBusy: false) else { return }
        alarm = Alarm(on: context.eventLoop, due: due) { [self] now in ring(at: now) }
    }

    /// Notes that something was read, and whether it ended within a request.
    func noteRead(at now: NIODeadline) {
        deadlines.noteActivity(at: now)
        switch state.endRead() {
        case .whole: deadlines.noteArrived()
        case .nothing, .partial:
            if let due = deadlines.noteArriving(at: now) { alarm?.bringForward(to: due) }
        }
    }

    /// - Returns: The time of the next ring; nil if there is none.
    private func ring(at now: NIODeadline) -> NIODeadline? {
        switch deadlines.verdict(at: now, isBusy: state.isBusy) {
        case .wait(let due): return due
        case .idle, .over: context?.close(promise: nil)
        case .slowReader: reset()
        case .slowRequest:
            endSlowRequest()
            return deadlines.noteEnd(at: now)
        }
        return nil
    }

    /// Ends the connection with the next answer, for which a client that was active just now gets a moment to ask.
    ///
    /// Hummingbird would end it at once: a request that is on its way would be lost.
    func drain() {
        guard state.drain() else { return context?.close(promise: nil) ?? () }
        let now = NIODeadline.now()
        deadlines.noteShutdown(at: now)
        alarm?.bringForward(to: now)
    }

    private func endSlowRequest() {
        guard state.hasPassedHead else { return refuse(Problem.tooSlow, nil) }
        // Its head has gone to the router, so it is answered there.
        state.end()
        context?.fireErrorCaught(BodyGuard.Failure.tooSlow)
    }

    /// Ends the connection without what the client does not take.
    private func reset() {
        guard let context else { return }
        let options = context.channel as? any SocketOptionProvider
        // Closed in the ordinary way, it would stay in the kernel with all that waits there.
        let set = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)) ?? context.eventLoop.makeSucceededVoidFuture()
        set.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    /// A promise for the last bytes, after which the connection lingers and ends.
    ///
    /// Closed at once with something unread in it, it would be reset, and the client would lose the answer.
    ///
    /// - Parameters:
    ///   - closesOutput: True if nobody else closes the output.
    ///   - promise: Another promise for the same bytes.
    /// - Returns: The promise to write with.
    func lingeringClose(
        closesOutput: Bool,
        _ promise: EventLoopPromise<Void>? = nil
    ) -> EventLoopPromise<Void>? {
        guard let context else { return promise }
        let promise = promise ?? context.eventLoop.makePromise()
        promise.futureResult.assumeIsolated().whenSuccess { [self] in
            alarm?.bringForward(to: deadlines.noteEnd(at: .now()))
            if closesOutput { context.close(mode: .output, promise: nil) }
        }
        return promise
    }
}
