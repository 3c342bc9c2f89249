import { useNavigation } from 'react-router';
import classes from './layout.module.css';

/** A thin line at the top while the next page is on its way. */
export function NavigationProgress() {
  const { state } = useNavigation();
  return state === 'idle' ? null : <div className={classes.progress} aria-hidden="true" />;
}
