/// One of the three counts of an hour.
enum Counted: UInt8 {
    case users
    case clicks
    case impressions
}
