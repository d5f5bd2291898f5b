using System.Net;

namespace Kinora.Server.Fetching;

/// <summary>Decides which addresses this server contacts on a caller's word.</summary>
/// <param name="opened">What the operator opened beside the public Internet.</param>
internal sealed class AddressPolicy(OpenedHosts opened)
{
    /// <summary>
    /// Public addresses, and those that the operator opened. A metadata address must be written down itself: neither a range around it nor a name that
    /// leads to it opens it.
    /// </summary>
    /// <param name="host">The host as the URL has it.</param>
    /// <param name="address">One address of it.</param>
    public bool Allows(string host, IPAddress address)
    {
        var plain = AddressClassifier.Canonical(address);
        return AddressClassifier.Classify(plain) switch
        {
            AddressClass.Public => true,
            AddressClass.Metadata => opened.Names(plain),
            _ => opened.Contains(host, plain),
        };
    }
}
