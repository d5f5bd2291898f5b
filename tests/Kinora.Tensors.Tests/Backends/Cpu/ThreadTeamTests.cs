using Kinora.Tensors.Backends.Cpu;

namespace Kinora.Tensors.Tests.Backends.Cpu;

public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_task_runs_once(int threads)
    {
        using var team = new ThreadTeam(threads);
        foreach (var tasks in new[] { 0, 1, 2, 3, 1000 })
        {
            var counts = new int[tasks];
            team.Run(tasks, (task, worker) =>
            {
                Assert.InRange(worker, 0, threads - 1);
                Interlocked.Increment(ref counts[task]);
            });
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_the_team_works_on()
    {
        using var team = new ThreadTeam(3);
        for (var round = 0; round < 50; round++)
        {
            Assert.Throws<InvalidDataException>(() => team.Run(100, (task, _) =>
            {
                if (task == 60)
                    throw new InvalidDataException();
            }));
            var sum = 0L;
            team.Run(10, (task, _) => Interlocked.Add(ref sum, task));
            Assert.Equal(45, sum);
        }
    }

    [Fact]
    public async Task Callers_on_several_threads_take_turns()
    {
        using var team = new ThreadTeam(2);
        var total = 0L;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var own = new long[1];
                team.Run(20, (task, _) => Interlocked.Add(ref own[0], task));
                Assert.Equal(190, own[0]);
                Interlocked.Add(ref total, own[0]);
            }
        })));
        Assert.Equal(4L * 200 * 190, total);
    }

    [Fact]
    public void A_task_that_starts_tasks_is_refused()
    {
        using var team = new ThreadTeam(2);
        Assert.Throws<InvalidOperationException>(() => team.Run(2, (_, _) => team.Run(1, (_, _) => { })));
    }

    [Fact]
    public void A_team_that_is_gone_says_so()
    {
        var team = new ThreadTeam(2);
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(1, (_, _) => { }));
    }
}
