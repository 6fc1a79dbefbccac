import HTTPTypes
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

// The end of a connection, after a timeout or after its last answer.
extension ConnectionGate {
    func startAlarm(_ context: ChannelHandlerContext) {
        guard alarm == nil else { return }
        let now = NIODeadline.now()
        guard case .wait(let due) = deadlines.verdict(at: now, isBusy: false) else { return }
        alarm = Alarm(on: context.eventLoop, due: due) { [self] now in ring(at: now) }
    }

    /// Updates the deadlines after a read, which may have ended within a request.
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

    /// Ends the connection with the next answer; a client that was active recently has a short time to send a request.
    ///
    /// Hummingbird would close it at once, and a request that is on its way would be lost.
    func drain() {
        guard state.drain() else { return context?.close(promise: nil) ?? () }
        let now = NIODeadline.now()
        deadlines.noteShutdown(at: now)
        alarm?.bringForward(to: now)
    }

    private func endSlowRequest() {
        guard state.hasPassedHead else { return refuse(Problem.tooSlow, nil) }
        // The router has its head, and so has to answer it.
        state.end()
        context?.fireErrorCaught(BodyGuard.Failure.tooSlow)
    }

    /// Closes the connection and discards the data that the client does not read.
    private func reset() {
        guard let context else { return }
        let options = context.channel as? any SocketOptionProvider
        // After an ordinary close the kernel would keep the connection and its unsent data.
        let set = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)) ?? context.eventLoop.makeSucceededVoidFuture()
        set.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    /// A promise for the last bytes, after which the connection lingers and ends.
    ///
    /// Closing at once with unread input would reset the connection, and the client would lose the answer.
    ///
    /// - Parameters:
    ///   - closesOutput: True if the output has to be closed here.
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
