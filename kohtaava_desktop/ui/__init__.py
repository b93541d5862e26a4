"""Everything that is seen. Qt lives here and in ``app``, nowhere else."""
