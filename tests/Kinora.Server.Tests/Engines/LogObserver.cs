using System.Text;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

/// <summary>Keeps what an engine writes: plan, notes and warnings.</summary>
internal sealed class LogObserver : IEngineObserver
{
    private readonly StringBuilder _lines = new();

    public void Report(string phase, double fraction)
    {
    }

    public void Log(string message) => _lines.AppendLine(message);

    public void Warn(string message) => _lines.AppendLine(message);

    public override string ToString() => _lines.ToString();
}
