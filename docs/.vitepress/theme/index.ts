import theme from 'vitepress/theme-without-fonts';
import './colors.css';

export default theme;
