/// A connection of libpq and the means to cancel what it runs.
struct Session: ~Copyable {
    let handle: Handle
    let cancellation: Cancellation
}
