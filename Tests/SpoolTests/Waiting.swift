/// Waits until it is so; the time limit of the suite ends a wait for what never comes.
func wait(until condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}
