namespace Kinora.Server.Faults;

/// <summary>A call that can be answered with an error on demand.</summary>
internal enum FaultyCall
{
    Submit,
    Status,
    Result,
    Cancel,
}
