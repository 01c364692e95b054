"""Work on hostile input in processes of its own: what crashes, hangs or grows there reaches nobody else."""
