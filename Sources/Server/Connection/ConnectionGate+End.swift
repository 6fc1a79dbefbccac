import HTTPTypes
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

// How a connection ends that takes too long, or has no more to say.
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
        // Bytes that became no part of a request are the beginning of a head.
        if isReading || !hasReadParts {
            if let due = deadlines.noteArriving(at: now) { alarm?.bringForward(to: due) }
        } else {
            deadlines.noteArrived()
        }
        hasReadParts = false
    }

    /// A request that is whole waits for its answer.
    var isBusy: Bool { passedOn > (isReading ? 1 : 0) || !answers.isEmpty || !held.isEmpty }

    /// - Returns: When to ring again.
    private func ring(at now: NIODeadline) -> NIODeadline? {
        switch deadlines.verdict(at: now, isBusy: isBusy) {
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
    func shutDown() {
        guard isTaken || !answers.isEmpty else { return context?.close(promise: nil) ?? () }
        let now = NIODeadline.now()
        isShuttingDown = true
        deadlines.noteShutdown(at: now)
        alarm?.bringForward(to: now)
    }

    private func endSlowRequest() {
        guard isReading, request == nil else {
            return refuse(Problem(.requestTimeout, "the request did not arrive in time"), nil)
        }
        // Its head has gone on, so it is answered there.
        isEnding = true
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

    /// A promise for the last bytes, with which the connection ends.
    ///
    /// That takes a while, in which the client can read them: a connection that is closed with something unread in it
    /// takes them away.
    ///
    /// - Parameters:
    ///   - closing: Nobody else says that there is no more.
    ///   - promise: Another one for the same.
    /// - Returns: The one to write with.
    func lingeringClose(closing: Bool, _ promise: EventLoopPromise<Void>? = nil) -> EventLoopPromise<Void>? {
        guard let context else { return promise }
        let promise = promise ?? context.eventLoop.makePromise()
        promise.futureResult.assumeIsolated().whenSuccess { [self] in
            alarm?.bringForward(to: deadlines.noteEnd(at: .now()))
            if closing { context.close(mode: .output, promise: nil) }
        }
        return promise
    }
}
