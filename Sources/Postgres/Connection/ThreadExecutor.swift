#if canImport(Glibc)
    import Glibc
#endif

/// Runs the jobs of one actor on a dedicated thread, so that blocking calls do not block other tasks.
///
/// A task that prefers this executor enters and leaves the actor without switching threads.
package final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private let inbox = Inbox()

    /// Starts the thread, which ends when the executor is released and its pending work is done.
    package init() {
        var thread = pthread_t()
        let started = pthread_create(
            &thread,
            nil,
            { argument in
                let inbox = argument.map { Unmanaged<Inbox>.fromOpaque($0).takeRetainedValue() }
                inbox?.drain()
                return nil
            },
            Unmanaged.passRetained(inbox).toOpaque()
        )
        precondition(started == 0, "no thread for a database connection: pthread_create returned \(started)")
        pthread_detach(thread)
    }

    deinit { inbox.close() }

    package func enqueue(_ job: consuming ExecutorJob) {
        inbox.append(.job(UnownedJob(job), asUnownedSerialExecutor(), asUnownedTaskExecutor()))
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isCurrent, "not on the thread of this connection")
    }

    /// True on the thread of this executor.
    var isCurrent: Bool { inbox.isCurrentThread }

    /// The time since the thread took its current work; nil while it is idle.
    var busyTime: Duration? { inbox.busySince?.duration(to: .now) }

    /// Runs a closure on the thread, after all work submitted before.
    func submit(_ work: @escaping @Sendable () -> Void) {
        inbox.append(.closure(work))
    }
}

/// The queue of work for a thread.
///
/// It outlives the executor until the thread has emptied it.
///
/// `@unchecked Sendable`: all state is accessed under `mutex`, which, like `condition`, has a stable address.
private final class Inbox: @unchecked Sendable {
    enum Work {
        case job(UnownedJob, UnownedSerialExecutor, UnownedTaskExecutor)
        case closure(@Sendable () -> Void)
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [Work] = []
    private var isClosed = false
    private var thread: pthread_t?
    private var start: ContinuousClock.Instant?

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    var isCurrentThread: Bool {
        locked { thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    /// The time at which the thread took its current work; nil while it is idle.
    var busySince: ContinuousClock.Instant? { locked { start } }

    func append(_ work: Work) {
        locked { waiting.append(work) }
        pthread_cond_signal(condition)
    }

    func close() {
        locked { isClosed = true }
        pthread_cond_signal(condition)
    }

    /// Runs work until the inbox is closed and empty.
    func drain() {
        locked { thread = pthread_self() }
        while let batch = next() {
            for work in batch {
                switch work {
                case .job(let job, let actor, let task): job.runSynchronously(isolatedTo: actor, taskExecutor: task)
                case .closure(let closure): closure()
                }
            }
        }
    }

    private func next() -> [Work]? {
        locked {
            start = nil
            while waiting.isEmpty && !isClosed { pthread_cond_wait(condition, mutex) }
            guard !waiting.isEmpty else { return nil }
            start = .now
            defer { waiting = [] }
            return waiting
        }
    }

    private func locked<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
